package io.github.kafkagan.trainer.step;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.kafkagan.gan.Latents;
import io.github.kafkagan.gan.operator.Upload;
import io.github.kafkagan.gan.random.SplitMix64;

/**
 * Latent vectors for training, from nothing but the run's seed and the step: so a resumed run draws
 * what an uninterrupted one would have.
 *
 * @param seed of the run
 * @param latentSize numbers per vector
 */
record Noise(long seed, int latentSize) {
  /** Which of a step's draws. */
  enum Use {
    DISCRIMINATOR('D'),
    GENERATOR('G');

    private final long tag;

    Use(char tag) {
      this.tag = tag;
    }
  }

  /** Standard normal, {@code count × latentSize}, owned by {@code manager}. */
  NDArray draw(NDManager manager, long step, Use use, int count) {
    long drawSeed = SplitMix64.combine(seed, step, use.tag);
    return Upload.floats(
        manager, Latents.draw(drawSeed, count, latentSize), new Shape(count, latentSize));
  }
}
