package io.github.kafkagan.gan.quality;

/**
 * Generated images to be evaluated, and how they are made.
 *
 * @param count of images, at least 2
 * @param latentSize numbers per latent vector
 * @param labels one per image; empty if the generator is unconditional. Not copied
 * @param renderer which makes them
 */
@SuppressWarnings("ArrayRecordComponent") // A hand-over to an evaluation, never compared.
public record Generated(int count, int latentSize, int[] labels, Renderer renderer) {
  /** Makes images, as {@code Generator::generate} does. */
  @FunctionalInterface
  public interface Renderer {
    /**
     * Makes images.
     *
     * @param latents a number × latent size
     * @param labels one per image; empty if the generator is unconditional
     * @return images one after another, uint8, rows × columns × channels
     */
    byte[] render(float[] latents, int[] labels);
  }

  public Generated {
    if (count < 2 || latentSize < 1) {
      throw new IllegalArgumentException(
          count + " images of latent vectors of " + latentSize + " cannot be evaluated");
    }
    if (labels.length != 0 && labels.length != count) {
      throw new IllegalArgumentException(labels.length + " labels for " + count + " images");
    }
  }

  boolean conditional() {
    return labels.length > 0;
  }
}
