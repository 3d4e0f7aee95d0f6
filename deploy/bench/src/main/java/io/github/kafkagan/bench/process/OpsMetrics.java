package io.github.kafkagan.bench.process;

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
import java.util.concurrent.TimeUnit;

/** What one of the pipeline's services says of itself. */
public final class OpsMetrics {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration GLANCE = Duration.ofMillis(100);

  private final URI ops;
  private final HttpClient http = HttpClient.newHttpClient();

  /** Of the service whose metrics are under this address. */
  public OpsMetrics(URI ops) {
    this.ops = ops;
  }

  /**
   * The sum of a metric's samples that have these labels, as it is now.
   *
   * @param name as Micrometer has it
   * @param suffix that Prometheus adds
   * @throws IllegalStateException if there are none
   */
  public double sum(String name, String suffix, Map<String, String> labels) {
    String shown = name.replace('.', '_') + suffix;
    return text()
        .orElseThrow(() -> new IllegalStateException(ops + " does not tell its metrics"))
        .sum(shown, labels)
        .orElseThrow(() -> new IllegalStateException("there is no metric " + shown + labels));
  }

  /**
   * Waits until a metric's sum is more than 0.
   *
   * @param check called while waiting; throws if that cannot come about
   */
  public void awaitMoreThanNone(String name, String suffix, Runnable check)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String shown = name.replace('.', '_') + suffix;
    while (text().flatMap(text -> some(text, shown)).isEmpty()) {
      check.run();
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "%s is not more than 0 after %d s".formatted(shown, PATIENCE.toSeconds()));
      }
      TimeUnit.NANOSECONDS.sleep(GLANCE.toNanos());
    }
  }

  private static Optional<Double> some(PrometheusText text, String shown) {
    OptionalDouble sum = text.sum(shown, Map.of());
    return sum.isPresent() && sum.getAsDouble() > 0
        ? Optional.of(sum.getAsDouble())
        : Optional.empty();
  }

  /** The mean of a timer's recordings, in seconds. */
  public double meanSeconds(String name, Map<String, String> labels) {
    return sum(name, "_seconds_sum", labels) / sum(name, "_seconds_count", labels);
  }

  /** Empty if nobody answers. */
  private Optional<PrometheusText> text() {
    HttpRequest request = HttpRequest.newBuilder(ops.resolve("/metrics")).build();
    try {
      return Optional.of(
          PrometheusText.parse(http.send(request, HttpResponse.BodyHandlers.ofString()).body()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
