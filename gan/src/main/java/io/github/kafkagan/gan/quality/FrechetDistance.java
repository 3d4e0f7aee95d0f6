package io.github.kafkagan.gan.quality;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.kafkagan.gan.operator.Operators;
import io.github.kafkagan.gan.operator.Upload;

/**
 * The Fréchet distance between Gaussians fitted to features: {@code |μ₁ - μ₂|² + tr(Σ₁ + Σ₂ -
 * 2(Σ₁Σ₂)^½)}, in double precision.
 *
 * <p>Source: Heusel et al.: GANs Trained by a Two Time-Scale Update Rule (2017), equation 6.
 * Eigenvalues of the symmetric {@code Σ₁^½ Σ₂ Σ₁^½}, which are those of {@code Σ₁Σ₂}, give the last
 * trace, so that singular covariances are as good as others.
 */
final class FrechetDistance {
  private static final int[] SAMPLES = {0};

  private FrechetDistance() {}

  /**
   * Computes the distance.
   *
   * @param parent whose device is used
   * @param a any number × {@code size}, at least 2 samples
   * @param b likewise
   * @return at least 0
   */
  static double between(NDManager parent, float[] a, float[] b, int size) {
    try (NDManager scope = parent.newSubManager()) {
      Operators operators = new Operators(scope);
      Gaussian first = Gaussian.fit(scope, a, size);
      Gaussian second = Gaussian.fit(scope, b, size);
      NDArray root = root(operators, first.covariance);
      NDArray product = root.matMul(second.covariance).matMul(root);
      NDArray overlap = roots(operators.eigenvectors(product).get(0)).sum();
      double distance =
          first.mean.sub(second.mean).square().sum().getDouble()
              + first.variance.getDouble()
              + second.variance.getDouble()
              - 2 * overlap.getDouble();
      return Math.max(0, distance); // Rounding can go below.
    }
  }

  /** The symmetric root of a covariance. */
  private static NDArray root(Operators operators, NDArray covariance) {
    NDList decomposed = operators.eigenvectors(covariance);
    NDArray vectors = decomposed.get(1);
    return vectors.mul(roots(decomposed.get(0))).matMul(vectors.transpose());
  }

  /** Roots of eigenvalues that are at least 0 but for rounding. */
  private static NDArray roots(NDArray eigenvalues) {
    return eigenvalues.maximum(0).sqrt();
  }

  /**
   * A normal distribution.
   *
   * @param mean of each feature
   * @param covariance unbiased, size × size
   * @param variance its trace
   */
  private record Gaussian(NDArray mean, NDArray covariance, NDArray variance) {
    static Gaussian fit(NDManager scope, float[] features, int size) {
      int count = features.length / size;
      NDArray x =
          Upload.floats(scope, features, new Shape(count, size)).toType(DataType.FLOAT64, false);
      NDArray mean = x.mean(SAMPLES);
      NDArray centred = x.sub(mean);
      return new Gaussian(
          mean,
          centred.transpose().matMul(centred).div(count - 1),
          centred.square().sum().div(count - 1));
    }
  }
}
