package io.github.kafkagan.gan.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Appends a learned vector of the sample's label, so that a generator makes what it is told to.
 *
 * @param classes how many labels there are, at least 1
 * @param size of a label's vector, at least 1
 */
public record LabelEmbedding(int classes, int size) implements Layer {
  public LabelEmbedding {
    if (classes < 1 || size < 1) {
      throw new IllegalArgumentException("classes and size of an embedding must be at least 1");
    }
  }

  @Override
  public Shape output(Shape input) {
    Layer.requireDimensions(this, input, 1);
    return new Shape(input.get(0) + size);
  }

  @Override
  public List<Weight> weights(Shape input) {
    return List.of(Weight.of("weight", Weight.Role.EMBEDDING, classes, size));
  }

  @Override
  public NDArray forward(NDArray input, Pass pass) {
    return input.concat(pass.conditions().matMul(pass.weight("weight")), 1);
  }
}
