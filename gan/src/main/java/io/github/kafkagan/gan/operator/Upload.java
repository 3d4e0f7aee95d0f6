package io.github.kafkagan.gan.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** Arrays from Java's numbers. */
public final class Upload {
  private Upload() {}

  /**
   * An array in the engine's own memory.
   *
   * <p>On the CPU, {@code manager.create} gives a view of a Java buffer. Its address is aligned
   * differently in every run, so that kernels may differ in the last bits, and a graph that keeps
   * it reads freed memory once the array is closed.
   *
   * @return float32, owned by {@code manager}
   */
  public static NDArray floats(NDManager manager, float[] values, Shape shape) {
    try (NDArray view = manager.create(values, shape)) {
      return view.duplicate();
    }
  }

  /** A scalar, by which to multiply where gradients flow; see {@link #floats}. */
  public static NDArray scalar(NDManager manager, double value) {
    return floats(manager, new float[] {(float) value}, new Shape());
  }
}
