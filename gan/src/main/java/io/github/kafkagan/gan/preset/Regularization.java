package io.github.kafkagan.gan.preset;

/**
 * What keeps the discriminator's slope bounded, besides spectral normalisation.
 *
 * @param weightClip largest magnitude of a weight after each update, as in Arjovsky et al. (2017);
 *     0 for no limit
 * @param gradientPenalty factor of the penalty for slopes other than one between reals and fakes,
 *     as in Gulrajani et al. (2017); 0 for none
 */
public record Regularization(double weightClip, double gradientPenalty) {
  public Regularization {
    if (!(weightClip >= 0 && Double.isFinite(weightClip))
        || !(gradientPenalty >= 0 && Double.isFinite(gradientPenalty))) {
      throw new IllegalArgumentException(
          "weightClip and gradientPenalty must not be negative, were "
              + weightClip
              + " and "
              + gradientPenalty);
    }
  }
}
