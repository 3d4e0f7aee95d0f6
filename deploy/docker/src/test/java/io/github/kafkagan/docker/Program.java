package io.github.kafkagan.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs a program of this machine to its end. */
final class Program {
  /** How a program ended, and all that it printed. */
  record Result(int exitCode, String output) {}

  private Program() {}

  /** Runs it, with the environment given on top of this process's own. */
  static Result run(Path folder, Map<String, String> environment, List<String> line) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true);
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Whether the program can be started and ends with 0. */
  static boolean works(String... line) {
    try {
      return run(Path.of("."), Map.of(), List.of(line)).exitCode() == 0;
    } catch (UncheckedIOException notFound) {
      return false;
    }
  }
}
