package io.github.kafkagan.trainer.evaluate;

import java.time.Duration;

/**
 * When to evaluate, and how thoroughly.
 *
 * @param every from the end of one evaluation to the begin of the next; 0 for none
 * @param images generated and real ones in an evaluation beside training, at least 16
 * @param imagesAtEnd likewise in the one at the end of a run
 * @param classifierBatches from which the classifier learns before it is used, at least 1
 * @param onCollapse what to do about a collapse
 */
public record EvaluationSettings(
    Duration every, int images, int imagesAtEnd, int classifierBatches, OnCollapse onCollapse) {
  private static final int LEAST = 16;

  public EvaluationSettings {
    if (images < LEAST || imagesAtEnd < LEAST) {
      throw new IllegalArgumentException(
          "--evaluate-images must be at least %d, was %d"
              .formatted(LEAST, Math.min(images, imagesAtEnd)));
    }
    if (classifierBatches < 1) {
      throw new IllegalArgumentException(
          "--classifier-batches must be at least 1, was " + classifierBatches);
    }
  }

  /** Whether there are evaluations at all. */
  public boolean enabled() {
    return !every.isZero();
  }
}
