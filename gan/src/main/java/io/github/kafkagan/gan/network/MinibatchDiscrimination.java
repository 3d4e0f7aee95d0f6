package io.github.kafkagan.gan.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Appends to each sample's features how close it is to the others of its batch, so that a
 * discriminator can tell a generator's samples by their likeness to each other.
 *
 * <p>Source: Salimans et al.: Improved Techniques for Training GANs (2016), section 3.2. A kernel
 * of the weight maps the features to a point; what it appends is the sum of exp(-L1 distance) over
 * the other samples' points. The sample itself, which would add one everywhere, is left out, as in
 * the authors' program.
 *
 * @param kernels numbers appended, B in the paper, at least 1
 * @param dimensions of a kernel's points, C in the paper, at least 1
 * @param spectralNorm whether the weight is divided by its largest singular value
 */
public record MinibatchDiscrimination(int kernels, int dimensions, boolean spectralNorm)
    implements Layer {
  private static final int MAX_POINTS = 1 << 20;

  public MinibatchDiscrimination {
    if (kernels < 1 || dimensions < 1 || (long) kernels * dimensions > MAX_POINTS) {
      throw new IllegalArgumentException(
          "kernels and dimensions of a minibatch discrimination must be at least 1, and their"
              + " product at most "
              + MAX_POINTS);
    }
  }

  /** From features to every kernel's point. */
  private Linear points() {
    return new Linear(kernels * dimensions, false, spectralNorm);
  }

  @Override
  public Shape output(Shape input) {
    Layer.requireDimensions(this, input, 1);
    return new Shape(input.get(0) + kernels);
  }

  @Override
  public List<Weight> weights(Shape input) {
    return points().weights(input);
  }

  @Override
  public NDArray forward(NDArray input, Pass pass) {
    NDArray points = points().forward(input, pass);
    return input.concat(pass.operators().minibatchSimilarity(points, kernels), 1);
  }

  @Override
  public boolean mixesSamples() {
    return true;
  }
}
