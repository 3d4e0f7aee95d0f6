package io.github.kafkagan.bench.serving;

import io.github.kafkagan.bench.kafka.Channel;
import io.github.kafkagan.broker.ChildProcess;
import io.github.kafkagan.pipeline.process.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that answers the requests of a channel; its output goes to a log. */
final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final String name;
  private final Process process;
  private final Path log;

  private ServerProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a Java program with the JVM's options of the demo's generator service.
   *
   * @param logs folder of the log
   * @param environment added to this process's own
   * @param program jar or class path, main class and options; those of the channel are added
   */
  static ServerProcess start(
      String name,
      Path logs,
      Map<String, String> environment,
      Channel channel,
      List<String> program) {
    List<String> line =
        new ArrayList<>(List.of(ChildProcess.java(), "-Xmx768m", "-XX:+UseSerialGC"));
    line.addAll(program);
    line.add("--bootstrap-servers=" + channel.bootstrapServers());
    line.add("--topic-prefix=" + channel.topics().prefix());
    Path log = logs.resolve(name.replace(' ', '-') + ".log");
    try {
      return new ServerProcess(name, ChildProcess.start(line, environment, log), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return name;
  }

  long pid() {
    return process.pid();
  }

  /** Throws if it has ended. */
  void requireAlive() {
    if (!process.isAlive()) {
      throw UserError.failed(
          "%s ended with exit code %d; %s says why".formatted(name, process.exitValue(), log));
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
