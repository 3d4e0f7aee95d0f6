package io.github.kafkagan.bench.process;

import io.github.kafkagan.pipeline.observe.PrometheusText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/** What one of the pipeline's services says of itself. */
public final class OpsMetrics {
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
    return read()
        .sum(shown, labels)
        .orElseThrow(() -> new IllegalStateException("there is no metric " + shown + labels));
  }

  /** The mean of a timer's recordings, in seconds. */
  public double meanSeconds(String name, Map<String, String> labels) {
    return sum(name, "_seconds_sum", labels) / sum(name, "_seconds_count", labels);
  }

  private PrometheusText read() {
    HttpRequest request = HttpRequest.newBuilder(ops.resolve("/metrics")).build();
    try {
      return PrometheusText.parse(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(ops + " does not tell its metrics", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
