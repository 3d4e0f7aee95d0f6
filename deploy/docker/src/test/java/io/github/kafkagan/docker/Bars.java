package io.github.kafkagan.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;

/** A small data set under MNIST's names: bright bars whose place is the label. */
final class Bars {
  private static final int COUNT = 1_000;
  private static final int SIDE = 28;

  private Bars() {}

  /** Writes the set into a folder that containers' users can read, and returns the folder. */
  static Path write(Path folder) {
    ByteBuffer images = ByteBuffer.allocate(16 + COUNT * SIDE * SIDE);
    ByteBuffer labels = ByteBuffer.allocate(8 + COUNT);
    images.putInt(0x0803).putInt(COUNT).putInt(SIDE).putInt(SIDE);
    labels.putInt(0x0801).putInt(COUNT);
    Random random = new Random(7);
    for (int i = 0; i < COUNT; i++) {
      labels.put((byte) (i % 10));
      for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
        boolean bright = pixel / SIDE / 2 == i % 10 + 2;
        images.put((byte) (bright ? 200 + random.nextInt(56) : random.nextInt(20)));
      }
    }
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve("train-images-idx3-ubyte"), images.array());
      Files.write(folder.resolve("train-labels-idx1-ubyte"), labels.array());
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }
}
