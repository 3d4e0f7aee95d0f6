package io.github.kafkagan.gan.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Another arrangement of the same numbers.
 *
 * @param shape of one sample
 */
public record Reshape(List<Long> shape) implements Layer {
  public Reshape {
    shape = List.copyOf(shape);
    if (shape.isEmpty() || shape.stream().anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException("sizes must be at least 1, were " + shape);
    }
  }

  public static Reshape to(Shape shape) {
    return new Reshape(LongStream.of(shape.getShape()).boxed().toList());
  }

  /** All dimensions as one, of {@code size} numbers. */
  public static Reshape flat(long size) {
    return new Reshape(List.of(size));
  }

  private Shape target() {
    return new Shape(shape);
  }

  @Override
  public Shape output(Shape input) {
    if (input.size() != target().size()) {
      throw new IllegalArgumentException("samples of shape " + input + " do not fit " + shape);
    }
    return target();
  }

  @Override
  public List<Weight> weights(Shape input) {
    return List.of();
  }

  @Override
  public NDArray forward(NDArray input, Pass pass) {
    return input.reshape(new Shape(input.getShape().get(0)).addAll(target()));
  }
}
