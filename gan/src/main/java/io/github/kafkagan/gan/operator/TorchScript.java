package io.github.kafkagan.gan.operator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * TorchScript archives from source text.
 *
 * <p>An archive is a zip of stored entries: the source, a pickled module without state, no
 * constants, and the version of the format.
 */
final class TorchScript {
  private static final String ARCHIVE = "op/";

  /** A module of the class {@code __torch__.Op} whose only attribute is {@code training = True}. */
  private static final byte[] MODULE =
      "\u0080\u0002c__torch__\nOp\nq\0)\u0081}(X\u0008\0\0\0trainingq\u0001\u0088ubq\u0002."
          .getBytes(ISO_8859_1);

  /** An empty tuple. */
  private static final byte[] CONSTANTS = "\u0080\u0002).".getBytes(ISO_8859_1);

  private static final byte[] VERSION = "3\n".getBytes(ISO_8859_1);

  private TorchScript() {}

  /** The archive of the class {@code Op} in the resource {@code <name>.torchscript}. */
  static byte[] archive(String name) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream source = TorchScript.class.getResourceAsStream(name + ".torchscript");
        ZipOutputStream zip = new ZipOutputStream(bytes)) {
      if (source == null) {
        throw new IllegalArgumentException("no operator is called " + name);
      }
      store(zip, "data.pkl", MODULE);
      store(zip, "code/__torch__.py", source.readAllBytes());
      store(zip, "constants.pkl", CONSTANTS);
      store(zip, "version", VERSION);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(ARCHIVE + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
