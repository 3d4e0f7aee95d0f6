package io.github.kafkagan.gan.random;

/**
 * The SplitMix64 generator: a 64-bit counter with a mixing function, the same on every machine.
 *
 * <p>Source: Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators (OOPSLA 2014),
 * constants of Stafford's variant 13. Not safe for use by several threads, not cryptographic.
 */
public final class SplitMix64 {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final double ULP = 0x1.0p-53;

  private long state;

  /** Starts the stream of {@code seed}; neighbouring seeds give unrelated streams. */
  public SplitMix64(long seed) {
    state = mix(seed);
  }

  /** One seed from several numbers, in order: a run's seed, a step, a purpose. */
  public static long combine(long... parts) {
    long combined = parts.length;
    for (long part : parts) {
      combined = mix(combined + GOLDEN_GAMMA + mix(part));
    }
    return combined;
  }

  /** The next 64 uniform bits. */
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** The next number in [0, 1), a multiple of 2⁻⁵³. */
  public double nextDouble() {
    return (nextLong() >>> 11) * ULP;
  }

  /**
   * Fills {@code target} with standard normal numbers.
   *
   * <p>Marsaglia's polar method in strict arithmetic (both numbers of a pair are used, in order).
   */
  public void fillNormal(float[] target) {
    int i = 0;
    while (i < target.length) {
      double x = 2 * nextDouble() - 1;
      double y = 2 * nextDouble() - 1;
      double s = x * x + y * y;
      if (s >= 1 || s == 0) {
        continue;
      }
      double scale = Math.sqrt(-2 * StrictMath.log(s) / s);
      target[i++] = (float) (x * scale);
      if (i < target.length) {
        target[i++] = (float) (y * scale);
      }
    }
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
