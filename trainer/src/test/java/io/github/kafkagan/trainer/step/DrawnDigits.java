package io.github.kafkagan.trainer.step;

import io.github.kafkagan.gan.random.SplitMix64;

/**
 * Labelled 28×28 images made on the spot: the ten digits of a seven-segment display, each at its
 * own place, size, slant and brightness.
 */
final class DrawnDigits {
  static final int SIDE = 28;
  private static final int CLASSES = 10;

  /** Lit segments per digit; bits from the lowest: top, top right, bottom right, bottom, ... */
  private static final int[] SEGMENTS = {
    0b0111111, 0b0000110, 0b1011011, 0b1001111, 0b1100110,
    0b1101101, 0b1111101, 0b0000111, 0b1111111, 0b1101111
  };

  /** From and to of each segment, in units of the digit's width and half its height. */
  private static final int[][] LINES = {
    {0, 0, 1, 0}, {1, 0, 1, 1}, {1, 1, 1, 2}, {0, 2, 1, 2}, {0, 1, 0, 2}, {0, 0, 0, 1}, {0, 1, 1, 1}
  };

  private DrawnDigits() {}

  /** The batch at a position of an endless stream. */
  static Batch batch(long position, int size) {
    byte[] pixels = new byte[size * SIDE * SIDE];
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      SplitMix64 random = new SplitMix64(SplitMix64.combine(position, i));
      labels[i] = (int) (random.nextDouble() * CLASSES);
      draw(pixels, i * SIDE * SIDE, labels[i], random);
    }
    return new Batch(pixels, labels, size);
  }

  private static void draw(byte[] pixels, int offset, int digit, SplitMix64 random) {
    double width = 7 + 5 * random.nextDouble();
    double height = 7 + 3 * random.nextDouble();
    double left = 5 + 5 * random.nextDouble();
    double top = 3 + 3 * random.nextDouble();
    double slant = 2 * random.nextDouble() - 1;
    double light = 180 + 75 * random.nextDouble();
    for (int segment = 0; segment < LINES.length; segment++) {
      if ((SEGMENTS[digit] >> segment & 1) == 0) {
        continue;
      }
      int[] line = LINES[segment];
      for (double t = 0; t <= 1; t += 0.05) {
        double y = top + height * (line[1] + t * (line[3] - line[1]));
        double x = left + width * (line[0] + t * (line[2] - line[0])) - slant * (y - 14) / 5;
        dot(pixels, offset, x, y, light);
      }
    }
  }

  /** A soft dot, so that edges are grey as in scanned digits. */
  private static void dot(byte[] pixels, int offset, double x, double y, double light) {
    for (int row = (int) y - 1; row <= y + 2; row++) {
      for (int col = (int) x - 1; col <= x + 2; col++) {
        if (row < 0 || row >= SIDE || col < 0 || col >= SIDE) {
          continue;
        }
        double distance = Math.hypot(row - y, col - x);
        int level = (int) (light * Math.max(0, Math.min(1, 2 - distance)));
        int index = offset + row * SIDE + col;
        pixels[index] = (byte) Math.max(pixels[index] & 0xff, level);
      }
    }
  }
}
