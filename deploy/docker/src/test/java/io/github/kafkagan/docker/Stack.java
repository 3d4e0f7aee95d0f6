package io.github.kafkagan.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The compose stack under a project name and on ports of its own; closing it removes it, with its
 * volumes.
 */
final class Stack implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final String MODEL = "bars";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Compose compose;

  private Stack(Compose compose) {
    this.compose = compose;
  }

  /** Builds the images that are missing; starts nothing. Skips the test where Docker is missing. */
  static Stack of(Path data, Map<String, String> more, String... overlays) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("COMPOSE_PROJECT_NAME", "kafka-gan-it-" + ProcessHandle.current().pid());
    environment.put("GAN_DATA_DIR", Bars.write(data).toString());
    environment.put("GAN_MODEL", MODEL);
    for (String port : List.of("HTTP", "KAFKA", "PROMETHEUS", "GRAFANA")) {
      environment.put(port + "_PORT", Integer.toString(freePort()));
    }
    Compose compose = Compose.running(environment, overlays);
    compose.run("build", "producer", "trainer", "generator-service");
    return new Stack(compose);
  }

  Compose compose() {
    return compose;
  }

  /** Where this machine's Kafka clients begin. */
  String bootstrapServers() {
    return "localhost:" + compose.environment().get("KAFKA_PORT");
  }

  /** Starts these services, and what they depend on. */
  void up(String... services) {
    List<String> command = new ArrayList<>(List.of("up", "-d"));
    command.addAll(List.of(services));
    compose.run(command.toArray(String[]::new));
  }

  void awaitHealthy(String service) {
    Await.until(
        PATIENCE,
        () -> compose.attempt("logs", "--tail=40", service).output(),
        () -> state(service, "{{.State.Health.Status}}").equals("healthy"));
  }

  /** What {@code docker inspect} says of a service's container. */
  String state(String service, String format) {
    return docker("inspect", "-f", format, container(service));
  }

  /**
   * Kills a service's process as the kernel would, which Docker does not take for a wish of ours.
   */
  void crash(String service) {
    // PID 1 cannot be killed from within its container, but its child, which it waits for, can.
    compose.attempt("exec", "-T", service, "sh", "-c", "kill -9 -1");
  }

  String docker(String... command) {
    List<String> line = new ArrayList<>(List.of("docker"));
    line.addAll(List.of(command));
    return Program.run(Compose.HOME, Map.of(), line).output().trim();
  }

  String container(String service) {
    return compose.run("ps", "-q", service);
  }

  /** A metric of a service, in whatever state; the sum over its labels. */
  double metric(String service, int port, String name) {
    String text =
        compose
            .attempt("exec", "-T", service, "curl", "-s", "http://localhost:" + port + "/metrics")
            .output();
    Matcher sample =
        Pattern.compile("^" + name + "(?:\\{[^}]*})? ([0-9.eE+-]+)$", Pattern.MULTILINE)
            .matcher(text);
    return sample.results().mapToDouble(found -> Double.parseDouble(found.group(1))).sum();
  }

  void awaitMetricAbove(String service, int port, String name, double value) {
    Await.until(
        PATIENCE,
        () -> compose.attempt("logs", "--tail=40", service).output(),
        () -> metric(service, port, name) > value);
  }

  /** Asks the page's API for images; the body of its answer, whatever it is. */
  HttpResponse<byte[]> generate(String request) throws IOException, InterruptedException {
    URI page = URI.create("http://localhost:" + compose.environment().get("HTTP_PORT"));
    return http.send(
        HttpRequest.newBuilder(page.resolve("/api/generate"))
            .header("Content-Type", "application/json")
            .header("Accept", "image/png")
            .POST(BodyPublishers.ofString(request, StandardCharsets.UTF_8))
            .build(),
        BodyHandlers.ofByteArray());
  }

  @Override
  public void close() {
    compose.attempt("down", "--volumes", "--timeout", "15");
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
