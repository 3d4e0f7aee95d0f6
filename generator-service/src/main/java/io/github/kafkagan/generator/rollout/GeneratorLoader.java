package io.github.kafkagan.generator.rollout;

import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;

/** Rebuilds generators from checkpoints. */
@FunctionalInterface
public interface GeneratorLoader {
  /**
   * Rebuilds one.
   *
   * @throws RuntimeException with one sentence, if the checkpoint is no generator
   */
  ImageGenerator load(CheckpointSet set);
}
