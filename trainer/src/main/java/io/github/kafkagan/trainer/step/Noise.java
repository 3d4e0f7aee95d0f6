package io.github.kafkagan.trainer.step;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.kafkagan.gan.Latents;
import io.github.kafkagan.gan.operator.Upload;
import io.github.kafkagan.gan.random.SplitMix64;
import java.util.Arrays;

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
    GENERATOR('G'),
    /** Points between reals and fakes. */
    PENALTY('P'),
    /** What the generator's virtual batch normalisation refers to; drawn for step 0. */
    REFERENCE('R');

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

  /**
   * Uniform in [0, 1), one per sample.
   *
   * @param samples batch × any
   * @return batch × 1 …, of as many dimensions, owned by {@code manager}
   */
  NDArray shares(NDManager manager, long step, Shape samples) {
    SplitMix64 random = new SplitMix64(SplitMix64.combine(seed, step, Use.PENALTY.tag));
    float[] shares = new float[Math.toIntExact(samples.get(0))];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (float) random.nextDouble();
    }
    long[] shape = new long[samples.dimension()];
    Arrays.fill(shape, 1);
    shape[0] = shares.length;
    return Upload.floats(manager, shares, new Shape(shape));
  }
}
