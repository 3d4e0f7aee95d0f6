package io.github.kafkagan.producer.publish;

import io.github.kafkagan.pipeline.contract.ModelName;

/**
 * Whose training the stream is to keep pace with.
 *
 * @param topic the training topic
 * @param model whose events in it count
 * @param maxLag how many images the stream may be ahead of the training
 */
public record Following(String topic, String model, long maxLag) {
  /** Several mini-batches: with fewer, a trainer would mostly wait for the stream. */
  public static final long SMALLEST_LAG = 1_000;

  public Following {
    ModelName.require(model);
    if (maxLag < SMALLEST_LAG) {
      throw new IllegalArgumentException(
          "--max-lag must be at least %d images, was %d".formatted(SMALLEST_LAG, maxLag));
    }
  }
}
