package io.github.kafkagan.trainer.evaluate;

import io.github.kafkagan.gan.quality.Real;
import io.github.kafkagan.trainer.step.Batch;

/** The newest images of the stream, with which generated ones are compared. */
final class RecentImages {
  private static final int NO_LABEL = -1;

  private final int imageSize;
  private final byte[] pixels;
  private final int[] labels;
  private long seen;

  /**
   * Holds nothing yet.
   *
   * @param capacity how many images at most
   * @param imageSize bytes of an image
   */
  RecentImages(int capacity, int imageSize) {
    this.imageSize = imageSize;
    pixels = new byte[Math.multiplyExact(capacity, imageSize)];
    labels = new int[capacity];
  }

  /** Adds a batch; the oldest images give way. */
  void add(Batch batch) {
    for (int i = 0; i < batch.size(); i++) {
      int place = place(seen);
      System.arraycopy(batch.pixels(), i * imageSize, pixels, place * imageSize, imageSize);
      labels[place] = label(batch, i);
      seen++;
    }
  }

  private static int label(Batch batch, int image) {
    return batch.labels().length == 0 || batch.labels()[image] >= ClassifierTraining.MOST_CLASSES
        ? NO_LABEL
        : batch.labels()[image];
  }

  /** How many there can be. */
  int capacity() {
    return labels.length;
  }

  /** How many there are. */
  int count() {
    return (int) Math.min(seen, labels.length);
  }

  /** Whether each of the newest {@code count} images has a label. */
  boolean labelled(int count) {
    for (long image = seen - count; image < seen; image++) {
      if (labels[place(image)] == NO_LABEL) {
        return false;
      }
    }
    return true;
  }

  /**
   * A copy of the newest images; with their labels if all of them have one.
   *
   * @param count at most {@link #count}
   */
  Real newest(int count) {
    byte[] somePixels = new byte[count * imageSize];
    int[] someLabels = new int[count];
    for (int i = 0; i < count; i++) {
      int place = place(seen - count + i);
      System.arraycopy(pixels, place * imageSize, somePixels, i * imageSize, imageSize);
      someLabels[i] = labels[place];
    }
    return new Real(count, somePixels, labelled(count) ? someLabels : new int[0]);
  }

  private int place(long image) {
    return (int) (image % labels.length);
  }
}
