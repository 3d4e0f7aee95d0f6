package io.github.kafkagan.gan.objective;

import ai.djl.ndarray.NDArray;

/**
 * What a generator can minimise instead of its {@link Objective}: the squared distance between the
 * mean features of reals and of fakes, the inputs of the discriminator's last layer.
 *
 * <p>Source: Salimans et al.: Improved Techniques for Training GANs (2016), section 3.1.
 */
public final class FeatureMatching {
  private static final int[] SAMPLES = {0};

  private FeatureMatching() {}

  /**
   * The generator's loss, a scalar.
   *
   * @param real batch × features; no gradient flows into them
   * @param fake batch × features
   */
  public static NDArray generator(NDArray real, NDArray fake) {
    return fake.mean(SAMPLES).sub(real.mean(SAMPLES).stopGradient()).square().sum();
  }
}
