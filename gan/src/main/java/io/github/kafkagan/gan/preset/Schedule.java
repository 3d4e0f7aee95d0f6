package io.github.kafkagan.gan.preset;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Which network is updated when, and from which samples.
 *
 * @param discriminatorSteps steps, each with a batch of its own, from one update of the generator
 *     to the next; the others update the discriminator only
 * @param discriminatorUpdates how many updates of the discriminator a step has
 * @param fakes whether the generator's update sees the same fakes as the discriminator's
 */
public record Schedule(int discriminatorSteps, Updates discriminatorUpdates, Fakes fakes) {
  private static final int MAX_DISCRIMINATOR_STEPS = 1000;

  /** Updates of the discriminator in a step. */
  public enum Updates {
    /** One, from reals and fakes. */
    @JsonProperty("together")
    TOGETHER,
    /** Two, the first from reals and the second from fakes. */
    @JsonProperty("real-then-fake")
    REAL_THEN_FAKE
  }

  /** Fakes of a step. */
  public enum Fakes {
    /** Made once, with the weights that the generator's step then changes. */
    @JsonProperty("shared")
    SHARED,
    /** Drawn and made anew for the generator's step. */
    @JsonProperty("fresh")
    FRESH
  }

  public Schedule {
    if (discriminatorSteps < 1 || discriminatorSteps > MAX_DISCRIMINATOR_STEPS) {
      throw new IllegalArgumentException(
          "discriminatorSteps must be 1 to "
              + MAX_DISCRIMINATOR_STEPS
              + ", was "
              + discriminatorSteps);
    }
  }

  /**
   * Whether a step updates the generator.
   *
   * @param step 1 for the first
   */
  public boolean updatesGenerator(long step) {
    return step % discriminatorSteps == 0;
  }

  /**
   * How many updates of the generator the first steps have.
   *
   * @param steps at least 0
   */
  public long generatorUpdates(long steps) {
    return steps / discriminatorSteps;
  }
}
