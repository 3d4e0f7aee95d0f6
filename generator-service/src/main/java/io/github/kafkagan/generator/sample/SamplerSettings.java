package io.github.kafkagan.generator.sample;

import java.time.Duration;

/**
 * How requests share batches, and how long they wait for a checkpoint.
 *
 * @param batchImages most images in one batch, at least 1
 * @param linger how long a request waits for others while these keep coming
 * @param patience how long a request without a deadline waits for a checkpoint that is to come
 */
public record SamplerSettings(int batchImages, Duration linger, Duration patience) {
  public SamplerSettings {
    if (batchImages < 1 || batchImages > 4096) {
      throw new IllegalArgumentException("--batch-images must be 1 to 4096, was " + batchImages);
    }
    if (linger.isNegative() || linger.toSeconds() >= 1) {
      throw new IllegalArgumentException(
          "--linger must be less than a second, was " + linger.toMillis() + " ms");
    }
  }
}
