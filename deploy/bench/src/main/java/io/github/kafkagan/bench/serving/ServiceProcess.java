package io.github.kafkagan.bench.serving;

import io.github.kafkagan.bench.kafka.Channel;
import io.github.kafkagan.broker.FreePort;
import io.github.kafkagan.pipeline.observe.PrometheusText;
import io.github.kafkagan.pipeline.process.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The generator service as users start it, with all its options as by default. */
final class ServiceProcess implements AutoCloseable {
  private static final String MODULE = "generator-service";

  private final ServerProcess process;
  private final Respondent respondent;
  private final URI ops;
  private final HttpClient http = HttpClient.newHttpClient();

  private ServiceProcess(ServerProcess process, Respondent respondent, URI ops) {
    this.process = process;
    this.respondent = respondent;
    this.ops = ops;
  }

  /**
   * Starts the service.
   *
   * @throws UserError if it has not been built
   */
  static ServiceProcess start(Setting setting, Channel channel) {
    Path jar = setting.home().resolve(MODULE).resolve("target").resolve(MODULE + ".jar");
    if (!Files.isRegularFile(jar)) {
      throw UserError.failed(jar + " is missing; deploy/bench.sh or 'mvn package' builds it");
    }
    int port = FreePort.find();
    Map<String, String> environment = new HashMap<>(setting.environment());
    // Its page's default port may be in use here.
    environment.put("GAN_HTTP_PORT", "0");
    ServerProcess process =
        ServerProcess.start(
            MODULE,
            setting.logs(),
            environment,
            channel,
            List.of(
                "-jar",
                jar.toString(),
                "--ops-port=" + port,
                "--model=" + Digits.MODEL,
                "--threads=" + setting.threads()));
    return new ServiceProcess(
        process, new Respondent(process, channel), URI.create("http://127.0.0.1:" + port));
  }

  /** The service as one that answers requests. */
  Respondent respondent() {
    return respondent;
  }

  long pid() {
    return process.pid();
  }

  /**
   * The sum of a metric's samples that have these labels.
   *
   * @param name as Micrometer has it
   * @param suffix that Prometheus adds
   * @throws IllegalStateException if there are none
   */
  double metric(String name, String suffix, Map<String, String> labels) {
    String shown = name.replace('.', '_') + suffix;
    return metrics()
        .sum(shown, labels)
        .orElseThrow(() -> new IllegalStateException("there is no metric " + shown + labels));
  }

  private PrometheusText metrics() {
    HttpRequest request = HttpRequest.newBuilder(ops.resolve("/metrics")).build();
    try {
      return PrometheusText.parse(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException("the generator service does not tell its metrics", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    respondent.close();
  }
}
