package io.github.kafkagan.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.observe.PrometheusText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a process says of itself; nothing if it does not answer, as while it starts. */
record Ops(URI url, HttpClient client) {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  boolean isLive() {
    return get("/health/live").isPresent();
  }

  /** Whether it says that it can do its work. */
  boolean isReady() {
    return get("/health/ready").filter(answer -> answer.statusCode() == 200).isPresent();
  }

  /** Its reason for being ready or not; empty if it does not answer. */
  String reason() {
    return get("/health/ready")
        .map(answer -> Json.read(answer.body(), JsonNode.class).path("reason").asText())
        .orElse("");
  }

  /** The sum of a metric's samples. */
  OptionalDouble metric(String name) {
    return metric(name, Map.of());
  }

  /** Likewise, of those with these labels. */
  OptionalDouble metric(String name, Map<String, String> labels) {
    return get("/metrics")
        .map(answer -> PrometheusText.parse(new String(answer.body(), UTF_8)).sum(name, labels))
        .orElse(OptionalDouble.empty());
  }

  private Optional<HttpResponse<byte[]>> get(String path) {
    HttpRequest request = HttpRequest.newBuilder(url.resolve(path)).timeout(TIMEOUT).build();
    try {
      return Optional.of(client.send(request, HttpResponse.BodyHandlers.ofByteArray()));
    } catch (IOException notNow) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
