package io.github.kafkagan.generator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Programs that this machine may have: kcat, a Python with libraries. */
final class ExternalProgram {
  private static final int PATIENCE_SECONDS = 90;

  private ExternalProgram() {}

  /** What a program that has ended left. */
  record Finished(int exitCode, byte[] output, String errors) {
    String text() {
      return new String(output, UTF_8);
    }
  }

  static boolean isInstalled(String program) {
    return !installed(program).isEmpty();
  }

  /** The first Python on the path that has this module; a machine may have several. */
  static Optional<String> pythonWith(String module) throws IOException, InterruptedException {
    for (Path python : installed("python3")) {
      List<String> trial = List.of(python.toString(), "-c", "import " + module);
      if (run(Map.of(), "", trial).exitCode() == 0) {
        return Optional.of(python.toString());
      }
    }
    return Optional.empty();
  }

  private static List<Path> installed(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .toList();
  }

  /** Runs a program to its end, with an environment beside this process's own. */
  static Finished run(Map<String, String> environment, String input, List<String> command)
      throws IOException, InterruptedException {
    Path errors = Files.createTempFile("program", ".err");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().write(input.getBytes(UTF_8));
      process.getOutputStream().close();
      byte[] output = process.getInputStream().readAllBytes();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " does not end: " + Files.readString(errors));
      }
      return new Finished(process.exitValue(), output, Files.readString(errors));
    } finally {
      Files.delete(errors);
    }
  }
}
