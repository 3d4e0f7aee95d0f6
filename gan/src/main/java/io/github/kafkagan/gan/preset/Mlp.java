package io.github.kafkagan.gan.preset;

import io.github.kafkagan.gan.network.Activation;
import io.github.kafkagan.gan.network.GeneratorSpec;
import io.github.kafkagan.gan.network.ImageShape;
import io.github.kafkagan.gan.network.Layer;
import io.github.kafkagan.gan.network.Linear;
import io.github.kafkagan.gan.network.PixelRange;
import io.github.kafkagan.gan.network.Reshape;
import java.util.ArrayList;
import java.util.List;

/**
 * Fully connected networks without labels.
 *
 * @param generator units of the layers between latent vector and image; rectified
 * @param discriminator units of the layers between image and logit; rectified
 * @param slope of the discriminator's rectifiers below zero
 */
public record Mlp(List<Integer> generator, List<Integer> discriminator, double slope)
    implements Architecture {
  public Mlp {
    generator = List.copyOf(generator);
    discriminator = List.copyOf(discriminator);
  }

  @Override
  public List<Layer> generator(ImageShape image, PixelRange pixels, int classes) {
    requireNoClasses(classes);
    List<Layer> layers = new ArrayList<>();
    for (int units : generator) {
      layers.add(new Linear(units, true, false));
      layers.add(Activation.relu(0));
    }
    layers.add(new Linear(image.size(), true, false));
    layers.add(Activation.into(pixels));
    layers.add(Reshape.to(GeneratorSpec.samples(image)));
    return layers;
  }

  @Override
  public List<Layer> discriminator(ImageShape image, int classes) {
    requireNoClasses(classes);
    List<Layer> layers = new ArrayList<>();
    layers.add(Reshape.flat(image.size()));
    for (int units : discriminator) {
      layers.add(new Linear(units, true, false));
      layers.add(Activation.relu(slope));
    }
    layers.add(new Linear(1, true, false));
    return layers;
  }

  private static void requireNoClasses(int classes) {
    if (classes != 0) {
      throw new IllegalArgumentException(
          "the mlp architecture has no labels: classes must be 0, was " + classes);
    }
  }
}
