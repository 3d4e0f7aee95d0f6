package io.github.kafkagan.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for a broker's data and what else a run leaves, gone afterwards. */
public record ScratchFolder(Path path) implements AutoCloseable {
  /**
   * A new one among the system's temporary files.
   *
   * @throws UncheckedIOException if it cannot be created
   */
  public static ScratchFolder create() {
    try {
      return new ScratchFolder(Files.createTempDirectory("kafka-gan"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
