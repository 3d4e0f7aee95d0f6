package io.github.kafkagan.producer.source;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Writes unsigned bytes as a gzip-compressed IDX file that is either whole or not there. */
public final class IdxWriter {
  private IdxWriter() {}

  /**
   * Writes.
   *
   * @param dimensions 1 to 4, whose product is the number of elements
   */
  public static void write(Path file, List<Integer> dimensions, byte[] elements)
      throws IOException {
    Path temporary =
        Files.createTempFile(
            file.toAbsolutePath().getParent(), file.getFileName().toString(), ".tmp");
    try {
      try (DataOutputStream out =
          new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(temporary), 1 << 16))) {
        out.writeInt(0x0800 | dimensions.size());
        for (int dimension : dimensions) {
          out.writeInt(dimension);
        }
        out.write(elements);
      }
      AtomicFiles.publish(temporary, file);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
