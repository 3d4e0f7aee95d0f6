package io.github.kafkagan.gan.quality;

import java.util.Arrays;
import java.util.List;

/** Figures of the classes that a classifier sees in images. */
final class Classes {
  /**
   * The share of images that a class needs to count as present, as part of an equal share: 1 % of
   * the images with ten classes. Fewer may be no more than the classifier's mistakes.
   */
  static final double PRESENT = 0.1;

  private Classes() {}

  /** The index of the largest value in each row of {@code classes} values, the first of equals. */
  static int[] largest(float[] values, int classes) {
    int[] largest = new int[values.length / classes];
    for (int row = 0; row < largest.length; row++) {
      for (int i = 1; i < classes; i++) {
        if (values[row * classes + i] > values[row * classes + largest[row]]) {
          largest[row] = i;
        }
      }
    }
    return largest;
  }

  /**
   * The histogram of classes.
   *
   * @param predictions each 0 to {@code classes - 1}, at least one
   * @return per class the share of images, 0 to 1, together 1
   */
  static List<Double> shares(int[] predictions, int classes) {
    long[] counts = new long[classes];
    for (int prediction : predictions) {
      counts[prediction]++;
    }
    return Arrays.stream(counts).mapToObj(count -> (double) count / predictions.length).toList();
  }

  /** How many classes have at least {@link #PRESENT} of an equal share. */
  static int present(List<Double> shares) {
    double least = PRESENT / shares.size();
    return (int) shares.stream().filter(share -> share >= least).count();
  }

  /** The share of predictions that are as labelled, 0 to 1. */
  static double accuracy(int[] predictions, int[] labels) {
    int right = 0;
    for (int i = 0; i < predictions.length; i++) {
      if (predictions[i] == labels[i]) {
        right++;
      }
    }
    return (double) right / predictions.length;
  }
}
