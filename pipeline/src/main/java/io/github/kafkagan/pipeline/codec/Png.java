package io.github.kafkagan.pipeline.codec;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** PNG files of uint8 pixels, row-major, one channel (grey) or three (RGB). */
public final class Png {
  private Png() {}

  /**
   * Encodes one image.
   *
   * @param pixels rows × columns × channels bytes
   */
  public static byte[] encode(byte[] pixels, int rows, int columns, int channels) {
    return encode(grid(pixels, 1, 1, rows, columns, channels, 0));
  }

  /**
   * Encodes a contact sheet: images row by row, with two black pixels between them.
   *
   * @param pixels count × rows × columns × channels bytes; a last row may be short
   * @param across images in a row of the sheet
   */
  public static byte[] sheet(byte[] pixels, int across, int rows, int columns, int channels) {
    int count = pixels.length / (rows * columns * channels);
    int down = (count + across - 1) / across;
    return encode(grid(pixels, down, across, rows, columns, channels, 2));
  }

  private static BufferedImage grid(
      byte[] pixels, int down, int across, int rows, int columns, int channels, int gap) {
    int size = rows * columns * channels;
    if ((channels != 1 && channels != 3) || size == 0 || pixels.length % size != 0) {
      throw new IllegalArgumentException(
          "%d bytes are no images of %d×%d×%d".formatted(pixels.length, rows, columns, channels));
    }
    BufferedImage sheet =
        new BufferedImage(
            across * (columns + gap) - gap,
            down * (rows + gap) - gap,
            channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
    byte[] target = ((DataBufferByte) sheet.getRaster().getDataBuffer()).getData();
    int line = sheet.getWidth() * channels;
    for (int image = 0; image < pixels.length / size; image++) {
      int top = image / across * (rows + gap);
      int left = image % across * (columns + gap);
      for (int row = 0; row < rows; row++) {
        int from = image * size + row * columns * channels;
        int to = (top + row) * line + left * channels;
        copyRow(pixels, from, target, to, columns, channels);
      }
    }
    return sheet;
  }

  private static void copyRow(
      byte[] source, int from, byte[] target, int to, int columns, int channels) {
    if (channels == 1) {
      System.arraycopy(source, from, target, to, columns);
      return;
    }
    for (int i = 0; i < columns * 3; i += 3) {
      target[to + i] = source[from + i + 2];
      target[to + i + 1] = source[from + i + 1];
      target[to + i + 2] = source[from + i];
    }
  }

  private static byte[] encode(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // A memory-cached stream, since ImageIO's default writes a temporary file per image.
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IllegalStateException("this Java runtime has no PNG encoder");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
