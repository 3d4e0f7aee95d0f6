package io.github.kafkagan.generator.rollout;

import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;

/** Rebuilds discriminators from checkpoints. */
@FunctionalInterface
public interface ScorerLoader {
  /**
   * Rebuilds one.
   *
   * @throws RuntimeException with one sentence, if the checkpoint is no discriminator
   */
  ImageScorer load(CheckpointSet set);
}
