package io.github.kafkagan.gan;

import io.github.kafkagan.gan.random.SplitMix64;

/** The latent vectors that a generator turns into images. */
public final class Latents {
  private Latents() {}

  /**
   * Draws latent vectors from a standard normal distribution.
   *
   * <p>The numbers depend on nothing but the arguments: SplitMix64 seeded with {@code seed}, turned
   * normal by the polar method in strict arithmetic. The first vectors do not depend on {@code
   * count}.
   *
   * @param seed any number
   * @param count how many vectors, at least 0
   * @param latentSize numbers in each vector, at least 1
   * @return {@code count × latentSize} numbers, one vector after another
   */
  public static float[] draw(long seed, int count, int latentSize) {
    if (count < 0 || latentSize < 1) {
      throw new IllegalArgumentException(
          "cannot draw " + count + " latent vectors of " + latentSize + " numbers");
    }
    float[] latents = new float[Math.multiplyExact(count, latentSize)];
    new SplitMix64(seed).fillNormal(latents);
    return latents;
  }
}
