package io.github.kafkagan.gan.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The head of a conditional discriminator: one logit per sample, the sum of a linear function of
 * the features and of the features' inner product with a learned vector of the label.
 *
 * <p>Source: Miyato, Koyama: cGANs with Projection Discriminator (ICLR 2018), equation 5.
 *
 * @param classes how many labels there are, at least 1
 * @param spectralNorm whether both kernels are divided by their largest singular values
 */
public record Projection(int classes, boolean spectralNorm) implements Layer {
  public Projection {
    if (classes < 1) {
      throw new IllegalArgumentException("classes must be at least 1, was " + classes);
    }
  }

  @Override
  public Shape output(Shape input) {
    Layer.requireDimensions(this, input, 1);
    return new Shape(1);
  }

  @Override
  public List<Weight> weights(Shape input) {
    long features = input.get(0);
    List<Weight> weights = new ArrayList<>(new Linear(1, true, spectralNorm).weights(input));
    weights.add(Weight.of("embedding", Weight.Role.EMBEDDING, classes, features));
    if (spectralNorm) {
      weights.add(Weight.of("embedding_u", Weight.Role.SINGULAR_VECTOR, classes));
    }
    return weights;
  }

  @Override
  public NDArray forward(NDArray input, Pass pass) {
    NDArray unconditional = new Linear(1, true, spectralNorm).forward(input, pass);
    NDArray embedding =
        spectralNorm
            ? pass.normalised(input, "embedding", "embedding_u")
            : pass.weight("embedding");
    NDArray conditional = pass.conditions().matMul(embedding).mul(input).sum(new int[] {1}, true);
    return unconditional.add(conditional);
  }
}
