package io.github.kafkagan.trainer.step;

/**
 * Figures of one step.
 *
 * @param lossDiscriminator before its update
 * @param lossGenerator before its update; in a step without one, of the fakes that the
 *     discriminator saw
 * @param scoreReal mean probability of being real that the discriminator gave to real images
 * @param scoreFake likewise to generated ones, in the discriminator's step
 */
public record StepResult(
    double lossDiscriminator, double lossGenerator, double scoreReal, double scoreFake) {
  /** False once training has diverged to NaN or infinity. */
  public boolean finite() {
    return Double.isFinite(lossDiscriminator)
        && Double.isFinite(lossGenerator)
        && Double.isFinite(scoreReal)
        && Double.isFinite(scoreFake);
  }
}
