package io.github.kafkagan.gan.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.function.Consumer;

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
   * @param numbers puts all of the array's numbers, row by row
   * @return float32, owned by {@code manager}
   */
  public static NDArray floats(NDManager manager, Shape shape, Consumer<FloatBuffer> numbers) {
    if (manager.getDevice().isGpu()) {
      FloatBuffer buffer = FloatBuffer.allocate(Math.toIntExact(shape.size()));
      numbers.accept(buffer);
      return manager.create(requireFull(buffer).rewind(), shape);
    }
    NDArray array = manager.create(shape);
    FloatBuffer memory = array.toByteBuffer(true).asFloatBuffer();
    numbers.accept(memory);
    requireFull(memory);
    return array;
  }

  private static FloatBuffer requireFull(FloatBuffer buffer) {
    if (buffer.hasRemaining()) {
      throw new IllegalArgumentException(
          "%d numbers were needed, not %d".formatted(buffer.limit(), buffer.position()));
    }
    return buffer;
  }

  /** Likewise, of these numbers. */
  public static NDArray floats(NDManager manager, float[] values, Shape shape) {
    return floats(manager, shape, numbers -> numbers.put(values));
  }

  /** A scalar, by which to multiply where gradients flow; see {@link #floats}. */
  public static NDArray scalar(NDManager manager, double value) {
    return floats(manager, new float[] {(float) value}, new Shape());
  }
}
