package io.github.kafkagan.producer.source;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipException;

/**
 * Reads the files of a tar archive one after the other: 512-byte headers, of which name and size
 * are used, each followed by the content padded to 512 bytes (POSIX.1-1988 ustar).
 */
final class TarReader implements AutoCloseable {
  private static final int BLOCK = 512;
  private static final int NAME_BYTES = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE_BYTES = 12;
  private static final int MAX_CONTENT = 1 << 26;

  private final InputStream in;
  private String name = "";
  private byte[] content = new byte[0];

  TarReader(InputStream in) {
    this.in = in;
  }

  /**
   * Goes to the next entry.
   *
   * @return false at the end of the archive
   * @throws EOFException if the archive ends inside an entry
   */
  boolean next() throws IOException {
    byte[] header = in.readNBytes(BLOCK);
    if (header.length < BLOCK || header[0] == 0) {
      return false;
    }
    name = text(header, 0, NAME_BYTES);
    int size = size(text(header, SIZE_AT, SIZE_BYTES).strip());
    content = in.readNBytes(size);
    int padding = (BLOCK - size % BLOCK) % BLOCK;
    if (content.length < size || in.readNBytes(padding).length < padding) {
      throw new EOFException("it ends inside " + name);
    }
    return true;
  }

  String name() {
    return name;
  }

  InputStream content() {
    return new ByteArrayInputStream(content);
  }

  private int size(String octal) throws ZipException {
    try {
      int size = Integer.parseInt(octal, 8);
      if (size >= 0 && size <= MAX_CONTENT) {
        return size;
      }
    } catch (NumberFormatException e) {
      // Falls through to the same complaint as a size out of range.
    }
    throw new ZipException(name + " declares the size " + octal);
  }

  private static String text(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
