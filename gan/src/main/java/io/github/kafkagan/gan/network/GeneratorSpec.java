package io.github.kafkagan.gan.network;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Objects;

/**
 * What is needed, besides the weights, to rebuild a generator; travels as JSON with a checkpoint.
 *
 * @param image shape of what it makes
 * @param pixels range of what its last layer gives
 * @param latentSize numbers per latent vector, at least 1
 * @param classes how many labels it knows, 0 if it is unconditional
 * @param layers from latent vectors to images (channels × rows × columns)
 */
public record GeneratorSpec(
    ImageShape image, PixelRange pixels, int latentSize, int classes, List<Layer> layers) {
  private static final int MAX_LATENT_SIZE = 1 << 16;

  /** Validates; a layer that does not fit is an IllegalArgumentException. */
  public GeneratorSpec {
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(pixels, "pixels");
    layers = List.copyOf(layers);
    if (latentSize < 1 || latentSize > MAX_LATENT_SIZE) {
      throw new IllegalArgumentException(
          "the latent size must be 1 to " + MAX_LATENT_SIZE + ", was " + latentSize);
    }
    if (classes < 0) {
      throw new IllegalArgumentException("the number of classes must not be negative");
    }
    for (Layer layer : layers) {
      if (layer instanceof MinibatchDiscrimination) {
        throw new IllegalArgumentException(
            "a generator cannot have minibatch discrimination: no image may depend on another");
      }
      if (layer instanceof LabelEmbedding embedding && embedding.classes() != classes) {
        throw new IllegalArgumentException(
            "the generator has " + classes + " classes, but a layer for " + embedding.classes());
      }
    }
    Shape made = Layers.output(layers, new Shape(latentSize));
    if (!made.equals(samples(image))) {
      throw new IllegalArgumentException(
          "the generator makes samples of shape " + made + ", not images of " + image);
    }
  }

  /** One image as networks see it: channels × rows × columns. */
  public static Shape samples(ImageShape image) {
    return new Shape(image.channels(), image.rows(), image.cols());
  }

  /** One latent vector as networks see it. */
  public Shape latents() {
    return new Shape(latentSize);
  }
}
