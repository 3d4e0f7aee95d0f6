package io.github.kafkagan.trainer.evaluate;

/**
 * Training that has gone wrong in a way from which it seldom recovers.
 *
 * @param explanation one sentence, with the figures that show it
 */
public record Collapse(Reason reason, String explanation) {
  /** The ways. */
  public enum Reason {
    /** A loss is NaN or infinite. */
    NOT_FINITE,
    /** The discriminator makes no mistakes any more, so the generator learns nothing from it. */
    DISCRIMINATOR_WON,
    /** Classes that were generated before are not any more. */
    CLASSES_LOST,
    /** Generated images are much further from real ones than they were. */
    DISTANCE
  }
}
