package io.github.kafkagan.generator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A generator service in a process of its own, as a user starts it. */
final class ServiceProcess implements AutoCloseable {
  private static final Pattern OPS = Pattern.compile("ops=(http://\\S+)");

  private final Process process;
  private final Path log;

  private ServiceProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static ServiceProcess start(Path log, String... options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                GeneratorServiceMain.class.getName(),
                "--ops-port=0",
                "--device=cpu"));
    command.addAll(List.of(options));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
    try {
      return new ServiceProcess(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A service of this pipeline. */
  static ServiceProcess start(Path log, TestPipeline pipeline) {
    return start(
        log,
        "--bootstrap-servers=" + pipeline.bootstrapServers(),
        "--topic-prefix=" + pipeline.topics().prefix(),
        "--model=" + TestPipeline.MODEL,
        "--instance-id=only");
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it serves under this path, once it serves at all. */
  String get(String path) {
    Await.until(() -> OPS.matcher(log()).find() || !process.isAlive());
    Matcher ops = OPS.matcher(log());
    if (!ops.find()) {
      throw new AssertionError("the service has ended:\n" + log());
    }
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(ops.group(1) + path)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  void kill() {
    process.destroyForcibly();
    exitCode();
  }

  /** Stops it as a supervisor does; returns its exit code. */
  int terminate() {
    process.destroy();
    return exitCode();
  }

  /** Waits until it has ended. */
  int exitCode() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("the service did not end:\n" + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
