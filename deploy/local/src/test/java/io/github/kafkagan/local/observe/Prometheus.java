package io.github.kafkagan.local.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.broker.ChildProcess;
import io.github.kafkagan.broker.FreePort;
import io.github.kafkagan.local.Programs;
import io.github.kafkagan.pipeline.codec.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A Prometheus with the project's configuration, as Debian's package prometheus has it. */
final class Prometheus implements AutoCloseable {
  private final Process process;
  private final String url;
  private final HttpClient http = HttpClient.newHttpClient();

  private Prometheus(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  static boolean isInstalled() {
    return Programs.find("prometheus").isPresent();
  }

  /**
   * Starts one.
   *
   * @param targets where the services are, by where the configuration looks for them
   */
  static Prometheus start(Path folder, Map<String, String> targets) throws IOException {
    String address = "127.0.0.1:" + FreePort.find();
    Path rules = Files.createDirectories(folder.resolve("rules"));
    try (Stream<Path> files = Files.list(ObserveFiles.PROMETHEUS.resolve("rules"))) {
      for (Path file : files.toList()) {
        Files.copy(file, rules.resolve(file.getFileName()));
      }
    }
    String configuration = Files.readString(ObserveFiles.PROMETHEUS.resolve("prometheus.yml"));
    for (var target : targets.entrySet()) {
      configuration = configuration.replace(target.getKey(), target.getValue());
    }
    Path file = folder.resolve("prometheus.yml");
    Files.writeString(file, configuration.replace("localhost:9090", address));
    List<String> line =
        List.of(
            Programs.find("prometheus").orElseThrow().toString(),
            "--config.file=" + file,
            "--storage.tsdb.path=" + folder.resolve("data"),
            "--web.listen-address=" + address);
    return new Prometheus(
        ChildProcess.start(line, Map.of(), folder.resolve("prometheus.log")), "http://" + address);
  }

  /** Whether it answers already. */
  boolean isReady() {
    try {
      return get("/-/ready").statusCode() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** Whether an expression has a value now that is a number. */
  boolean hasData(String expression) {
    JsonNode result = api("/api/v1/query?query=" + URLEncoder.encode(expression, UTF_8));
    return list(result.path("result")).stream()
        .anyMatch(series -> !series.at("/value/1").asText().equals("NaN"));
  }

  /** The values of a label of the series that a selector finds. */
  List<String> values(String selector, String label) {
    String match = URLEncoder.encode(selector, UTF_8);
    return list(api("/api/v1/label/" + label + "/values?match%5B%5D=" + match)).stream()
        .map(JsonNode::asText)
        .toList();
  }

  /** What every metric says of itself, by its name. */
  Map<String, String> help() {
    Map<String, String> help = new TreeMap<>();
    api("/api/v1/metadata")
        .properties()
        .forEach(
            metric -> help.put(metric.getKey(), metric.getValue().at("/0/help").asText().strip()));
    return help;
  }

  /** All rules and their state. */
  List<JsonNode> rules() {
    return list(api("/api/v1/rules").path("groups")).stream()
        .flatMap(group -> list(group.path("rules")).stream())
        .toList();
  }

  private JsonNode api(String path) {
    JsonNode answer = Json.read(get(path).body(), JsonNode.class);
    if (!answer.path("status").asText().equals("success")) {
      throw new AssertionError(path + ": " + answer.path("error").asText());
    }
    return answer.get("data");
  }

  private HttpResponse<byte[]> get(String path) {
    try {
      return http.send(
          HttpRequest.newBuilder(URI.create(url + path)).build(),
          HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
