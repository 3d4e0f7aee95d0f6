package io.github.kafkagan.producer;

import io.github.kafkagan.broker.LocalBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The producer as its users run it: a process of its own. */
final class ProducerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Pattern METRICS = Pattern.compile("metrics=(http://[^ ]+)/metrics");

  private static final Pattern POSITION = meter("gan_producer_position");
  private static final Pattern IMAGES = meter("gan_producer_images_total");

  private final Process process;
  private final Path output;

  private ProducerProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  private static Pattern meter(String name) {
    return Pattern.compile("^" + name + "(?:\\{.*})? ([0-9.E+]+)$", Pattern.MULTILINE);
  }

  static ProducerProcess start(LocalBroker broker, Path folder, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", ProducerMain.class.getName()));
    command.addAll(List.of("--bootstrap-servers", broker.bootstrapServers(), "--ops-port", "0"));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(folder, "producer", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    return new ProducerProcess(builder.start(), output);
  }

  /** Waits for the process to end; returns its exit code. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the producer did not end; it wrote: " + output());
    }
    return process.exitValue();
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** SIGKILL; returns when the process is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The body of one of the process's own addresses. */
  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    Matcher metrics = METRICS.matcher(output());
    if (!metrics.find()) {
      throw new AssertionError("the producer has not said where it serves metrics: " + output());
    }
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(metrics.group(1) + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  /** The stream position that the process shows, 0 before it shows one. */
  long position() throws IOException, InterruptedException {
    return meter(POSITION);
  }

  /** How many images the process itself has committed. */
  long images() throws IOException, InterruptedException {
    return meter(IMAGES);
  }

  private long meter(Pattern pattern) throws IOException, InterruptedException {
    if (!METRICS.matcher(output()).find()) {
      return 0;
    }
    Matcher value = pattern.matcher(get("/metrics").body());
    return value.find() ? (long) Double.parseDouble(value.group(1)) : 0;
  }

  /** Waits until the stream has passed a position. */
  void awaitPosition(long position) throws Exception {
    Eventually.await(
        "the stream passes " + position + "; output: " + output(),
        () -> {
          if (!isAlive()) {
            throw new AssertionError("the producer has ended: " + output());
          }
          return position() > position;
        });
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
