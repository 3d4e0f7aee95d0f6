package io.github.kafkagan.gan.checkpoint;

import java.util.Arrays;
import java.util.Map;

/** A float32 tensor outside of any engine. The arrays are shared with the caller, not copied. */
public final class Tensor {
  private final long[] shape;
  private final float[] values;

  /**
   * Wraps values.
   *
   * @param shape sizes from the outermost to the innermost dimension, each at least 0; empty for a
   *     scalar
   * @param values as many as the product of the sizes, the innermost dimension varying fastest
   * @throws IllegalArgumentException if the two do not agree
   */
  public Tensor(long[] shape, float[] values) {
    if (count(shape) != values.length) {
      throw new IllegalArgumentException(
          "shape " + Arrays.toString(shape) + " does not hold " + values.length + " values");
    }
    this.shape = shape;
    this.values = values;
  }

  /**
   * A tensor that must be there.
   *
   * @throws CheckpointException if it is missing or has another shape
   */
  public static Tensor required(Map<String, Tensor> tensors, String name, long... shape) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new CheckpointException("there is no tensor " + name);
    }
    if (!Arrays.equals(tensor.shape, shape)) {
      throw new CheckpointException(
          "tensor %s has the shape %s instead of %s"
              .formatted(name, Arrays.toString(tensor.shape), Arrays.toString(shape)));
    }
    return tensor;
  }

  public long[] shape() {
    return shape;
  }

  public float[] values() {
    return values;
  }

  /** True if no value is NaN or infinite. */
  public boolean finite() {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /** Product of the sizes, -1 if a size is negative or the product is no int. */
  static long count(long[] shape) {
    long count = 1;
    for (long size : shape) {
      if (size < 0 || Math.multiplyHigh(count, size) != 0 || count * size > Integer.MAX_VALUE) {
        return -1;
      }
      count *= size;
    }
    return count;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "float32" + Arrays.toString(shape);
  }
}
