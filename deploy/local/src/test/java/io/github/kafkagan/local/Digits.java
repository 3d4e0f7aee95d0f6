package io.github.kafkagan.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A data set in the format and under the names of MNIST, made up. */
public final class Digits {
  private static final int COUNT = 1_000;
  private static final int SIDE = 28;

  private Digits() {}

  /**
   * Writes images of a bright bar whose place is the label, and their labels; returns the folder.
   */
  public static Path write(Path folder) throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + COUNT * SIDE * SIDE);
    ByteBuffer labels = ByteBuffer.allocate(8 + COUNT);
    images.putInt(0x0803).putInt(COUNT).putInt(SIDE).putInt(SIDE);
    labels.putInt(0x0801).putInt(COUNT);
    Random random = new Random(7);
    for (int i = 0; i < COUNT; i++) {
      int label = i % 10;
      labels.put((byte) label);
      for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
        boolean bright = pixel / SIDE / 2 == label + 2;
        images.put((byte) (bright ? 200 + random.nextInt(56) : random.nextInt(20)));
      }
    }
    Files.createDirectories(folder);
    Files.write(folder.resolve("train-images-idx3-ubyte"), images.array());
    Files.write(folder.resolve("train-labels-idx1-ubyte"), labels.array());
    return folder;
  }
}
