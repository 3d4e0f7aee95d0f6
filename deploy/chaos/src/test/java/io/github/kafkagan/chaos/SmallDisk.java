package io.github.kafkagan.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file system in memory that is soon full. */
record SmallDisk(Path path) implements AutoCloseable {
  private static final String SIZE = "512m";

  /** Mounts one at a folder; empty where that is not allowed. */
  static Optional<SmallDisk> mount(Path folder) {
    int code =
        Program.run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", folder.toString());
    return code == 0 ? Optional.of(new SmallDisk(folder)) : Optional.empty();
  }

  /** Writes until there is no more room. */
  void fill() {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      // That is the point.
    }
  }

  /** Makes room again. */
  void free() throws IOException {
    Files.delete(filler());
  }

  private Path filler() {
    return path.resolve("filler");
  }

  @Override
  public void close() {
    assertThat(Program.run("umount", path.toString())).as("exit code of umount").isZero();
  }
}
