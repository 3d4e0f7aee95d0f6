package io.github.kafkagan.producer.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Small data sets for tests: every image differs from every other, labels go round. */
public final class IdxFiles {
  public static final String IMAGES = "train-images-idx3-ubyte";
  public static final String LABELS = "train-labels-idx1-ubyte";

  private IdxFiles() {}

  /** Image i of rows×cols pixels begins with i as two bytes; label i is i mod classes. */
  public static Path write(Path folder, int count, int rows, int cols, int classes)
      throws IOException {
    Files.createDirectories(folder);
    byte[] pixels = new byte[count * rows * cols];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < rows * cols; j++) {
        pixels[i * rows * cols + j] = (byte) (j == 0 ? i >> 8 : j == 1 ? i : i * 31 + j);
      }
      labels[i] = (byte) (i % classes);
    }
    IdxWriter.write(folder.resolve(IMAGES + ".gz"), List.of(count, rows, cols), pixels);
    IdxWriter.write(folder.resolve(LABELS + ".gz"), List.of(count), labels);
    return folder;
  }

  /** A stream's only set, under that name. */
  public static ImageSets readAlone(Path folder, String name) throws IOException {
    return ImageSets.of(List.of(read(folder, name)));
  }

  public static ImageSet read(Path folder, String name) throws IOException {
    return ImageSet.read(name, folder.resolve(IMAGES + ".gz"), folder.resolve(LABELS + ".gz"));
  }
}
