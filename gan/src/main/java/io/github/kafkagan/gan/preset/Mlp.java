package io.github.kafkagan.gan.preset;

import io.github.kafkagan.gan.network.Activation;
import io.github.kafkagan.gan.network.GeneratorSpec;
import io.github.kafkagan.gan.network.ImageShape;
import io.github.kafkagan.gan.network.LabelEmbedding;
import io.github.kafkagan.gan.network.Layer;
import io.github.kafkagan.gan.network.Linear;
import io.github.kafkagan.gan.network.PixelRange;
import io.github.kafkagan.gan.network.Reshape;
import java.util.ArrayList;
import java.util.List;

/**
 * Fully connected networks; with classes, both get an embedding of the label beside their input, as
 * in Mirza, Osindero: Conditional Generative Adversarial Nets (2014).
 *
 * @param generator units of the layers between latent vector and image; rectified
 * @param discriminator units of the layers between image and logit; rectified
 * @param embedding numbers per label, 0 for networks without labels
 * @param slope of the discriminator's rectifiers below zero
 */
public record Mlp(List<Integer> generator, List<Integer> discriminator, int embedding, double slope)
    implements Architecture {
  public Mlp {
    generator = List.copyOf(generator);
    discriminator = List.copyOf(discriminator);
  }

  @Override
  public List<Layer> generator(ImageShape image, PixelRange pixels, int classes) {
    List<Layer> layers = new ArrayList<>();
    addLabels(layers, classes);
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
    List<Layer> layers = new ArrayList<>();
    layers.add(Reshape.flat(image.size()));
    addLabels(layers, classes);
    for (int units : discriminator) {
      layers.add(new Linear(units, true, false));
      layers.add(Activation.relu(slope));
    }
    layers.add(new Linear(1, true, false));
    return layers;
  }

  private void addLabels(List<Layer> layers, int classes) {
    if (classes == 0) {
      return;
    }
    if (embedding < 1) {
      throw new IllegalArgumentException(
          "an mlp architecture with classes needs an embedding of at least 1");
    }
    layers.add(new LabelEmbedding(classes, embedding));
  }
}
