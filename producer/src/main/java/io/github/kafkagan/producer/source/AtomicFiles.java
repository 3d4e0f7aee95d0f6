package io.github.kafkagan.producer.source;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes a finished temporary file visible under its name in one step. */
final class AtomicFiles {
  private AtomicFiles() {}

  /** Both files must be in one folder. The bytes reach the disk before the name does. */
  static void publish(Path temporary, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(temporary, file, ATOMIC_MOVE, REPLACE_EXISTING);
  }
}
