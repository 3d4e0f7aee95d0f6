package io.github.kafkagan.local.process;

import io.github.kafkagan.broker.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One of the pipeline's own processes, as started by the demo. Closing it stops it. */
public final class Service implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int TAIL_LINES = 12;

  private final String name;
  private final URI opsUrl;
  private final Path log;
  private final Process process;
  private final Consumer<String> notices;

  private Service(String name, URI opsUrl, Path log, Process process, Consumer<String> notices) {
    this.name = name;
    this.opsUrl = opsUrl;
    this.log = log;
    this.process = process;
    this.notices = notices;
  }

  /**
   * Starts a process whose output is appended to {@code log}.
   *
   * @param home the project's folder
   * @param opsUrl where it is told to have its metrics
   * @param notices told in one sentence when the process has to be killed
   */
  public static Service start(
      ServiceCommand command, Path home, URI opsUrl, Path log, Consumer<String> notices)
      throws IOException {
    Process process = ChildProcess.start(command.line(home), command.environment(), log);
    return new Service(command.module(), opsUrl, log, process, notices);
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  /** Where {@code /metrics} and {@code /health} are. */
  public URI opsUrl() {
    return opsUrl;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The exit code; only of a process that has ended. */
  public int exitCode() {
    return process.exitValue();
  }

  /** One sentence on how the process ended, then the last lines of its log. */
  public String obituary() throws IOException {
    List<String> lines =
        new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
    List<String> tail = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
    return "%s ended with exit code %d; the end of %s:%n%s"
        .formatted(name, exitCode(), log, String.join(System.lineSeparator(), tail));
  }

  /** Ends the process as nobody can react to (SIGKILL), and waits until it is gone. */
  public void kill() {
    process.destroyForcibly();
    exits();
  }

  /** Asks the process to stop and waits; kills it, and says so, when it takes too long. */
  @Override
  public void close() {
    if (!process.isAlive()) {
      return;
    }
    process.destroy();
    if (!exits()) {
      notices.accept(name + " did not stop within " + PATIENCE.toSeconds() + " s and was killed");
      process.destroyForcibly();
      exits();
    }
  }

  private boolean exits() {
    try {
      return process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
