package io.github.kafkagan.bench.process;

import io.github.kafkagan.broker.ChildProcess;
import io.github.kafkagan.local.process.ServiceCommand;
import io.github.kafkagan.pipeline.process.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that works until it is closed; its output goes to a log. */
public final class LoggedProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final String name;
  private final Process process;
  private final Path log;

  private LoggedProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a program.
   *
   * @param logs folder of the log
   * @param environment added to this process's own
   */
  public static LoggedProcess start(
      String name, Path logs, Map<String, String> environment, List<String> command) {
    Path log = logs.resolve(name.replace(' ', '-') + ".log");
    try {
      return new LoggedProcess(name, ChildProcess.start(command, environment, log), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts one of the pipeline's services.
   *
   * @param home the project's folder
   * @throws UserError if it has not been built
   */
  public static LoggedProcess start(Path home, Path logs, ServiceCommand service) {
    ServiceCommand.requireBuilt(home, service.module());
    return start(service.module(), logs, service.environment(), service.line(home));
  }

  /**
   * The command line of a class on this process's class path, with the JVM's options of the
   * pipeline's services.
   *
   * @param heap as {@code -Xmx} takes it
   */
  public static List<String> java(String heap, String mainClass, List<String> options) {
    return Stream.concat(
            Stream.of(
                ChildProcess.java(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass),
            options.stream())
        .toList();
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  /** Throws if it has ended. */
  public void requireAlive() {
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
