package io.github.kafkagan.gan.network;

import ai.djl.ndarray.types.Shape;

/**
 * An array that a layer needs.
 *
 * @param name unique in its layer
 * @param role how it begins and who changes it
 * @param shape outermost dimension first
 * @param fanIn how many inputs one output sums, for initialisers that scale by it
 */
public record Weight(String name, Role role, Shape shape, long fanIn) {
  /** What an array is for. */
  public enum Role {
    /** Trained; begins as the initialiser says. */
    KERNEL,
    /** Trained; begins as the initialiser says. */
    BIAS,
    /** Trained; begins standard normal, as in PyTorch. */
    EMBEDDING,
    /** Trained; begins as one. */
    SCALE,
    /** Trained; begins as zero. */
    SHIFT,
    /** Moved by training-mode passes; begins as zero. */
    RUNNING_MEAN,
    /** A variance or mean of squares, moved by training-mode passes; begins as one. */
    RUNNING_VARIANCE,
    /** Moved by training-mode passes; begins as a random unit vector. */
    SINGULAR_VECTOR;

    /** True if an optimizer changes it, false if passes through the layer do. */
    public boolean trained() {
      return switch (this) {
        case KERNEL, BIAS, EMBEDDING, SCALE, SHIFT -> true;
        case RUNNING_MEAN, RUNNING_VARIANCE, SINGULAR_VECTOR -> false;
      };
    }
  }

  /** How many outputs one input of a kernel goes into. */
  long fanOut() {
    return shape.size() / shape.get(1);
  }

  static Weight kernel(long fanIn, long... shape) {
    return new Weight("weight", Role.KERNEL, new Shape(shape), fanIn);
  }

  static Weight bias(long fanIn, long size) {
    return new Weight("bias", Role.BIAS, new Shape(size), fanIn);
  }

  static Weight of(String name, Role role, long... shape) {
    return new Weight(name, role, new Shape(shape), 1);
  }
}
