package io.github.kafkagan.pipeline.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kafkagan.pipeline.process.UserError;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OpsServerTest {
  private final Metrics metrics = new Metrics();
  private final AtomicReference<Readiness> readiness =
      new AtomicReference<>(Readiness.notReady("no broker yet"));
  private final OpsServer server = OpsServer.start("127.0.0.1", 0, metrics, readiness::get);

  @AfterEach
  void close() {
    server.close();
    metrics.close();
  }

  @Test
  void metersHaveTheNamesPrometheusShows() throws Exception {
    metrics.registry().counter(MetricNames.PRODUCER_IMAGES).increment(3);
    metrics.registry().timer(MetricNames.TRAINER_STEP).record(Duration.ofMillis(5));

    String text = get("/metrics").body();

    assertThat(text)
        .contains("gan_producer_images_total 3.0")
        .contains("gan_trainer_step_seconds_count 1")
        .contains("jvm_memory_used_bytes")
        .contains("process_cpu_usage");
  }

  @Test
  void aProcessCanLabelAllItsMeters() {
    try (Metrics labelled = new Metrics(Tags.of(MetricNames.MODEL, "digits"))) {
      labelled.registry().counter(MetricNames.TRAINER_STEPS).increment();

      assertThat(labelled.registry().get(MetricNames.TRAINER_STEPS).counter().getId().getTags())
          .containsExactly(Tag.of(MetricNames.MODEL, "digits"));
      assertThat(labelled.registry().getMeters())
          .allMatch(meter -> "digits".equals(meter.getId().getTag(MetricNames.MODEL)));
    }
  }

  @Test
  void readinessSaysWhy() throws Exception {
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    HttpResponse<String> waiting = get("/health/ready");
    assertThat(waiting.statusCode()).isEqualTo(503);
    assertThat(waiting.body()).isEqualTo("{\"ready\":false,\"reason\":\"no broker yet\"}");

    readiness.set(Readiness.ready("streaming"));

    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void clientsThatSayNothingAreCutOff() throws Exception {
    URI address = URI.create(server.url());
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        Socket socket = new Socket(address.getHost(), address.getPort());
        socket.getOutputStream().write("GET /metrics HTTP/1.1\r\nX-Slow: ".getBytes(UTF_8));
        silent.add(socket);
      }

      assertThat(get("/health/live").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  void aTakenPortIsOneLine() {
    int port = URI.create(server.url()).getPort();

    assertThatThrownBy(() -> OpsServer.start("127.0.0.1", port, metrics, readiness::get))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("cannot serve metrics at 127.0.0.1:" + port);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
            BodyHandlers.ofString());
  }
}
