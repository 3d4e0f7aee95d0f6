package io.github.kafkagan.bench.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.kafkagan.bench.measure.Side;
import io.github.kafkagan.bench.process.EngineEnvironment;
import io.github.kafkagan.bench.process.LoggedProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Duration;
import java.util.List;

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

  /** Starts a worker, with this process's class path. */
  public static WorkerProcess start(String name, WorkerTask task) {
    return start(
        name,
        LoggedProcess.java("1g", WorkerMain.class.getName(), List.of(task.toArgument())),
        task.threads());
  }

  /**
   * Starts a worker in another language.
   *
   * @param command of a program that answers each line as {@link WorkerMain} does
   * @param threads of PyTorch
   */
  public static WorkerProcess start(String name, List<String> command, int threads) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().putAll(EngineEnvironment.of(threads));
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
