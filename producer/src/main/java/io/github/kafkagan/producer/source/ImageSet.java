package io.github.kafkagan.producer.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Images of one size, row-major unsigned bytes, each with a label or none of them with one. */
public final class ImageSet {
  private final String name;
  private final int rows;
  private final int cols;
  private final int channels;
  private final byte[] pixels;
  private final byte @Nullable [] labels;

  private ImageSet(String name, List<Integer> shape, byte[] pixels, byte @Nullable [] labels) {
    this.name = name;
    this.rows = shape.get(0);
    this.cols = shape.get(1);
    this.channels = shape.size() > 2 ? shape.get(2) : 1;
    this.pixels = pixels;
    this.labels = labels;
  }

  /**
   * Reads images, count×rows×cols or count×rows×cols×channels, and their labels.
   *
   * @param name goes into each record's {@code dataset} header
   * @param labels null for an unlabelled set
   * @throws DatasetException if a file is malformed or the counts differ
   */
  public static ImageSet read(String name, Path images, @Nullable Path labels) throws IOException {
    return of(name, images, Idx.read(images), labels, labels == null ? null : Idx.read(labels));
  }

  static ImageSet of(
      String name, Path imageFile, Idx images, @Nullable Path labelFile, @Nullable Idx labels)
      throws DatasetException {
    int rank = images.dimensions().size();
    if (rank < 3) {
      throw new DatasetException(
          imageFile
              + " has dimensions "
              + images.dimensions()
              + "; images need count, rows and columns");
    }
    if (labels != null && labels.dimensions().size() != 1) {
      throw new DatasetException(
          labelFile + " has dimensions " + labels.dimensions() + "; labels need exactly one");
    }
    if (labels != null && labels.count() != images.count()) {
      throw new DatasetException(
          imageFile
              + " holds "
              + images.count()
              + " images, but "
              + labelFile
              + " holds "
              + labels.count()
              + " labels");
    }
    return new ImageSet(
        name,
        images.dimensions().subList(1, rank),
        images.elements(),
        labels == null ? null : labels.elements());
  }

  public String name() {
    return name;
  }

  public int size() {
    return pixels.length / imageBytes();
  }

  public int imageBytes() {
    return rows * cols * channels;
  }

  /** Rows, columns and channels, as in {@code 28x28x1}. */
  public String shape() {
    return rows + "x" + cols + "x" + channels;
  }

  public boolean labelled() {
    return labels != null;
  }

  /** A copy of one image's pixels. */
  public byte[] image(int index) {
    int from = index * imageBytes();
    return Arrays.copyOfRange(pixels, from, from + imageBytes());
  }

  /** Label 0 to 255 of one image; empty in an unlabelled set. */
  public OptionalInt label(int index) {
    return labels == null ? OptionalInt.empty() : OptionalInt.of(labels[index] & 0xff);
  }

  /** The distinct labels, ascending; empty in an unlabelled set. */
  public int[] classes() {
    byte[] present = labels == null ? new byte[0] : labels;
    return IntStream.range(0, present.length)
        .map(i -> present[i] & 0xff)
        .sorted()
        .distinct()
        .toArray();
  }
}
