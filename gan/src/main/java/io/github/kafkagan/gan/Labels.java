package io.github.kafkagan.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.kafkagan.gan.operator.Upload;

/** Class labels as networks see them. */
public final class Labels {
  private Labels() {}

  /**
   * One row per label, one where the label is and zero elsewhere.
   *
   * @param labels each 0 to {@code classes - 1}
   * @return float32, labels × classes, owned by {@code manager}
   * @throws IllegalArgumentException if a label is out of range
   */
  public static NDArray oneHot(NDManager manager, int[] labels, int classes) {
    float[] values = new float[Math.multiplyExact(labels.length, classes)];
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            "a label must be 0 to " + (classes - 1) + ", was " + labels[i]);
      }
      values[i * classes + labels[i]] = 1;
    }
    return Upload.floats(manager, values, new Shape(labels.length, classes));
  }
}
