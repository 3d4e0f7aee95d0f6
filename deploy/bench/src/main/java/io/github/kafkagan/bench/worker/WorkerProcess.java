package io.github.kafkagan.bench.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.kafkagan.bench.measure.Side;
import io.github.kafkagan.broker.ChildProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A side that works in a process of its own, told when by this one. It gets one line per turn, the
 * window in milliseconds, and answers with its rate.
 */
public final class WorkerProcess implements Side {
  private final String name;
  private final Process process;
  private final BufferedReader answers;
  private final Writer turns;

  private WorkerProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    answers = process.inputReader(US_ASCII);
    turns = process.outputWriter(US_ASCII);
  }

  /** Starts a worker, with this process's environment and class path. */
  public static WorkerProcess start(String name, WorkerTask task) {
    return start(name, task, Map.of());
  }

  /**
   * Starts a worker, with this process's class path.
   *
   * @param environment added to this process's own
   */
  public static WorkerProcess start(String name, WorkerTask task, Map<String, String> environment) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(
                  List.of(
                      ChildProcess.java(),
                      "-Xmx1g",
                      "-XX:+UseSerialGC",
                      "-cp",
                      System.getProperty("java.class.path"),
                      WorkerMain.class.getName(),
                      task.toArgument()))
              .redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().putAll(environment);
      return new WorkerProcess(name, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double rate(Duration window) {
    try {
      turns.write(window.toMillis() + "\n");
      turns.flush();
      String answer = answers.readLine();
      if (answer == null) {
        throw new IllegalStateException("the worker \"" + name + "\" has ended; it said why above");
      }
      return Double.parseDouble(answer);
    } catch (IOException e) {
      throw new UncheckedIOException("the worker \"" + name + "\" cannot be reached", e);
    }
  }

  /** The worker ends when it is told nothing more. */
  @Override
  public void close() {
    try {
      turns.close();
      process.waitFor();
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
