package io.github.kafkagan.producer.source;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * One IDX file of unsigned bytes, as MNIST is published: two zero bytes, the element type (8), the
 * number of dimensions, each dimension as big-endian int32, then the elements, last dimension
 * fastest.
 *
 * @param dimensions each at least 1; the first is the number of items
 * @param elements all elements, exactly the product of the dimensions
 * @param sha256 hash of the whole uncompressed file, lower-case hexadecimal
 * @see <a href="https://en.wikipedia.org/wiki/MNIST_database">MNIST database</a>
 */
record Idx(List<Integer> dimensions, byte[] elements, String sha256) {
  private static final int UNSIGNED_BYTE = 8;
  private static final int MAX_DIMENSIONS = 4;
  private static final int GZIP_MAGIC_0 = 0x1f;
  private static final int GZIP_MAGIC_1 = 0x8b;

  Idx {
    dimensions = List.copyOf(dimensions);
  }

  /**
   * Reads a file, compressed by gzip or not.
   *
   * @throws DatasetException if the file is missing or is not exactly one IDX array of unsigned
   *     bytes
   */
  static Idx read(Path file) throws IOException {
    MessageDigest digest = newSha256();
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        InputStream content = new DigestInputStream(uncompressed(raw), digest)) {
      List<Integer> dimensions = readHeader(file, content);
      long size = dimensions.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
      if (size > Integer.MAX_VALUE - 8) {
        throw new DatasetException(
            file + " declares " + size + " bytes of data; at most 2 GiB can be read");
      }
      byte[] elements = content.readNBytes((int) size);
      if (elements.length < size) {
        throw new DatasetException(
            file
                + " is truncated: it declares "
                + size
                + " bytes of data and ends after "
                + elements.length);
      }
      if (content.read() >= 0) {
        throw new DatasetException(
            file + " has bytes after the " + size + " bytes of data it declares");
      }
      return new Idx(dimensions, elements, HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchFileException e) {
      throw new DatasetException(file + " does not exist", e);
    } catch (EOFException e) {
      throw new DatasetException(file + " is truncated: its compressed data ends early", e);
    } catch (ZipException e) {
      throw new DatasetException(file + " is not a sound gzip file: " + e.getMessage(), e);
    } catch (ArithmeticException e) {
      throw new DatasetException(file + " declares dimensions whose product no file can hold", e);
    }
  }

  int count() {
    return dimensions.get(0);
  }

  static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static InputStream uncompressed(InputStream raw) throws IOException {
    raw.mark(2);
    boolean gzip = raw.read() == GZIP_MAGIC_0 && raw.read() == GZIP_MAGIC_1;
    raw.reset();
    return gzip ? new GZIPInputStream(raw, 1 << 16) : raw;
  }

  private static List<Integer> readHeader(Path file, InputStream content) throws IOException {
    byte[] magic = content.readNBytes(4);
    if (magic.length < 4 || magic[0] != 0 || magic[1] != 0) {
      throw new DatasetException(
          file
              + " is not an IDX file: it begins with "
              + HexFormat.ofDelimiter(" ").formatHex(magic));
    }
    if (magic[2] != UNSIGNED_BYTE) {
      throw new DatasetException(
          file
              + " holds IDX element type "
              + (magic[2] & 0xff)
              + "; only unsigned bytes (8) are read");
    }
    int rank = magic[3] & 0xff;
    if (rank < 1 || rank > MAX_DIMENSIONS) {
      throw new DatasetException(
          file + " declares " + rank + " dimensions; 1 to " + MAX_DIMENSIONS + " are read");
    }
    byte[] header = content.readNBytes(rank * Integer.BYTES);
    if (header.length < rank * Integer.BYTES) {
      throw new DatasetException(file + " is truncated: it ends inside its header");
    }
    ByteBuffer sizes = ByteBuffer.wrap(header);
    List<Integer> dimensions = IntStream.range(0, rank).map(i -> sizes.getInt()).boxed().toList();
    if (dimensions.stream().anyMatch(d -> d < 1)) {
      throw new DatasetException(
          file + " declares dimensions " + dimensions + "; each must be at least 1");
    }
    return dimensions;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Idx idx
        && dimensions.equals(idx.dimensions)
        && Arrays.equals(elements, idx.elements)
        && sha256.equals(idx.sha256);
  }

  @Override
  public int hashCode() {
    return sha256.hashCode();
  }
}
