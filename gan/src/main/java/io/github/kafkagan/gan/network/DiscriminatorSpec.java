package io.github.kafkagan.gan.network;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Objects;

/**
 * What is needed, besides the weights, to rebuild a discriminator that judges one image at a time;
 * travels as JSON with a checkpoint.
 *
 * @param image shape of what it judges
 * @param pixels range in which it sees pixels
 * @param classes how many labels it knows, 0 if it is unconditional
 * @param layers from images (channels × rows × columns) to one logit
 */
public record DiscriminatorSpec(
    ImageShape image, PixelRange pixels, int classes, List<Layer> layers) {
  /** Validates; a layer that does not fit is an IllegalArgumentException. */
  public DiscriminatorSpec {
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(pixels, "pixels");
    layers = List.copyOf(layers);
    if (classes < 0) {
      throw new IllegalArgumentException("the number of classes must not be negative");
    }
    if (!judgesSingleImages(layers)) {
      throw new IllegalArgumentException(
          "a discriminator with minibatch discrimination judges no single images");
    }
    Shape given = Layers.output(layers, GeneratorSpec.samples(image));
    if (given.size() != 1) {
      throw new IllegalArgumentException("the discriminator gives " + given + ", not one logit");
    }
  }

  /** Whether what these layers give for an image is the same whatever is judged with it. */
  public static boolean judgesSingleImages(List<Layer> layers) {
    return layers.stream().noneMatch(MinibatchDiscrimination.class::isInstance);
  }
}
