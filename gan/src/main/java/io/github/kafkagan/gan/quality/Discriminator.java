package io.github.kafkagan.gan.quality;

import java.util.OptionalDouble;

/**
 * A discriminator to be evaluated.
 *
 * @param judge which gives its logits
 * @param boundary above which a logit means real, as the objective says; empty if none does
 */
public record Discriminator(Judge judge, OptionalDouble boundary) {
  /** Looks at images without learning from them. */
  @FunctionalInterface
  public interface Judge {
    /**
     * Gives logits.
     *
     * @param pixels images one after another, uint8, rows × columns × channels
     * @param labels one per image; empty if the discriminator is unconditional
     * @return one logit per image
     */
    float[] logits(byte[] pixels, int[] labels);
  }
}
