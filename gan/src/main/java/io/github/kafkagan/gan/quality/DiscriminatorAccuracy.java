package io.github.kafkagan.gan.quality;

/**
 * The share of images that a discriminator takes for what they are; added up batch by batch.
 *
 * <p>Reals and fakes weigh the same, however many there are of each.
 */
final class DiscriminatorAccuracy {
  private final double boundary;
  private long reals;
  private long realsRight;
  private long fakes;
  private long fakesRight;

  /**
   * Begins.
   *
   * @param boundary above which a logit means real
   */
  DiscriminatorAccuracy(double boundary) {
    this.boundary = boundary;
  }

  /** Adds real images' logits. */
  void addReal(float[] logits) {
    for (float logit : logits) {
      reals++;
      if (logit > boundary) {
        realsRight++;
      }
    }
  }

  /** Adds generated images' logits. */
  void addFake(float[] logits) {
    for (float logit : logits) {
      fakes++;
      if (logit < boundary) {
        fakesRight++;
      }
    }
  }

  /** 0 to 1; 0.5 for a discriminator that cannot tell. */
  double value() {
    return ((double) realsRight / reals + (double) fakesRight / fakes) / 2;
  }
}
