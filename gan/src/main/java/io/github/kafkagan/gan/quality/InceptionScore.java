package io.github.kafkagan.gan.quality;

/**
 * How sure a classifier is of each image and how evenly classes are met: {@code exp(mean KL(p(y|x)
 * ‖ p(y)))}.
 *
 * <p>Source: Salimans et al.: Improved Techniques for Training GANs (2016), section 4; here over
 * all images together, with whatever classifier gave the probabilities.
 */
final class InceptionScore {
  private InceptionScore() {}

  /**
   * Computes the score.
   *
   * @param probabilities at least one row of {@code classes}, each adding up to one
   * @return 1 to {@code classes}
   */
  static double of(float[] probabilities, int classes) {
    int count = probabilities.length / classes;
    double[] marginal = new double[classes];
    for (int i = 0; i < probabilities.length; i++) {
      marginal[i % classes] += (double) probabilities[i] / count;
    }
    double divergence = 0;
    for (int i = 0; i < probabilities.length; i++) {
      double p = probabilities[i];
      if (p > 0) {
        divergence += p * Math.log(p / marginal[i % classes]);
      }
    }
    return Math.exp(divergence / count);
  }
}
