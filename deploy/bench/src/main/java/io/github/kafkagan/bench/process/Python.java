package io.github.kafkagan.bench.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Python that this machine may have.
 *
 * @param program that starts it
 */
public record Python(Path program) {
  /** Without what makes OpenBLAS choose slower kernels than it would for the processor. */
  private static final List<String> ENVIRONMENT =
      List.of("env", "-u", "OPENBLAS_CORETYPE", "-u", "OPENBLAS_L2_SIZE");

  /** The first on the path that has these modules; a machine may have several. */
  public static Optional<Python> with(String... modules) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(folder -> new Python(Path.of(folder, "python3")))
        .filter(python -> Files.isExecutable(python.program))
        .filter(python -> python.imports(String.join(", ", modules)))
        .findFirst();
  }

  /**
   * The command line of one of the programs in {@code deploy/bench/python}.
   *
   * @param home the project's folder
   */
  public List<String> command(Path home, String script, String... arguments) {
    Path file = home.resolve("deploy").resolve("bench").resolve("python").resolve(script);
    return Stream.of(
            ENVIRONMENT.stream(),
            Stream.of(program.toString(), file.toString()),
            Stream.of(arguments))
        .flatMap(words -> words)
        .toList();
  }

  private boolean imports(String modules) {
    ProcessBuilder trial =
        new ProcessBuilder(List.of(program.toString(), "-c", "import " + modules))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      return trial.start().waitFor() == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
