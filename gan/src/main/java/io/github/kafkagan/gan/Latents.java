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

  /**
   * The way from the first vector of one seed to the first of another, along the arc of the great
   * circle through both, since vectors straight between two are shorter than any that a generator
   * was trained on (White 2016, "Sampling Generative Networks", section 2.1).
   *
   * @param frames how many vectors, at least 2; the first and the last are those of the seeds
   * @return {@code frames × latentSize} numbers, one vector after another
   */
  public static float[] between(long from, long to, int frames, int latentSize) {
    if (frames < 2) {
      throw new IllegalArgumentException("a way has two ends, not " + frames);
    }
    float[] first = draw(from, 1, latentSize);
    float[] last = draw(to, 1, latentSize);
    double angle = angle(first, last);
    float[] way = new float[Math.multiplyExact(frames, latentSize)];
    for (int frame = 0; frame < frames; frame++) {
      double done = (double) frame / (frames - 1);
      double ofFirst = part(1 - done, angle);
      double ofLast = part(done, angle);
      for (int i = 0; i < latentSize; i++) {
        way[frame * latentSize + i] = (float) (ofFirst * first[i] + ofLast * last[i]);
      }
    }
    return way;
  }

  private static double angle(float[] first, float[] last) {
    double product = 0;
    double firstSquared = 0;
    double lastSquared = 0;
    for (int i = 0; i < first.length; i++) {
      product += (double) first[i] * last[i];
      firstSquared += (double) first[i] * first[i];
      lastSquared += (double) last[i] * last[i];
    }
    double cosine = product / StrictMath.sqrt(firstSquared * lastSquared);
    return StrictMath.acos(Math.max(-1, Math.min(1, cosine)));
  }

  /** Where the arc is next to nothing, or half a circle, a straight line is as good as any. */
  private static double part(double share, double angle) {
    double sine = StrictMath.sin(angle);
    return sine < 1e-6 ? share : StrictMath.sin(share * angle) / sine;
  }
}
