package io.github.kafkagan.gan.quality;

import io.github.kafkagan.gan.network.ImageShape;
import io.github.kafkagan.gan.random.SplitMix64;
import java.util.Arrays;

/**
 * Labelled images made on the spot: the ten digits of a seven-segment display, each at its own
 * place and brightness.
 *
 * @param pixels uint8, one image after another
 * @param labels one per image, 0 to 9
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record DrawnDigits(byte[] pixels, int[] labels) {
  static final int CLASSES = 10;
  static final ImageShape SHAPE = new ImageShape(20, 16, 1);

  private static final int LENGTH = 7;

  /** Lit segments per digit; bits from the lowest: top, top right, bottom right, bottom, ... */
  private static final int[] SEGMENTS = {
    0b0111111, 0b0000110, 0b1011011, 0b1001111, 0b1100110,
    0b1101101, 0b1111101, 0b0000111, 0b1111111, 0b1101111
  };

  /** Column, row and direction (columns, rows) of each segment, in lengths. */
  private static final int[][] LINES = {
    {0, 0, 1, 0}, {1, 0, 0, 1}, {1, 1, 0, 1}, {0, 2, 1, 0}, {0, 1, 0, 1}, {0, 0, 0, 1}, {0, 1, 1, 0}
  };

  /** The digits 0, 1, … in turn. */
  static DrawnDigits all(long seed, int count) {
    int[] labels = new int[count];
    Arrays.setAll(labels, i -> i % CLASSES);
    return of(seed, labels);
  }

  static DrawnDigits of(long seed, int... labels) {
    byte[] pixels = new byte[labels.length * SHAPE.size()];
    for (int i = 0; i < labels.length; i++) {
      draw(pixels, i * SHAPE.size(), labels[i], new SplitMix64(SplitMix64.combine(seed, i)));
    }
    return new DrawnDigits(pixels, labels);
  }

  private static void draw(byte[] pixels, int offset, int digit, SplitMix64 random) {
    int left = (int) (random.nextDouble() * (SHAPE.cols() - LENGTH - 1));
    int top = (int) (random.nextDouble() * (SHAPE.rows() - 2 * LENGTH - 1));
    int light = (int) (128 + 127 * random.nextDouble());
    for (int segment = 0; segment < LINES.length; segment++) {
      int[] line = LINES[segment];
      for (int i = 0; (SEGMENTS[digit] >> segment & 1) == 1 && i <= LENGTH; i++) {
        int col = left + line[0] * LENGTH + line[2] * i;
        int row = top + line[1] * LENGTH + line[3] * i;
        pixels[offset + row * SHAPE.cols() + col] = (byte) light;
      }
    }
  }
}
