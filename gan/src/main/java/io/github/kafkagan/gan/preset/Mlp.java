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
import java.util.Optional;

/**
 * Fully connected networks; with classes, both get an embedding of the label beside their input, as
 * in Mirza, Osindero: Conditional Generative Adversarial Nets (2014).
 *
 * @param generator units of the layers between latent vector and image; rectified
 * @param discriminator units of the layers between image and logit; rectified
 * @param embedding numbers per label, 0 for networks without labels
 * @param slope of the discriminator's rectifiers below zero
 * @param generatorNormalization of all layers but the last
 * @param normalization of the discriminator, but for its last layer
 * @param minibatch before the discriminator's head
 */
public record Mlp(
    List<Integer> generator,
    List<Integer> discriminator,
    int embedding,
    double slope,
    Normalization generatorNormalization,
    Normalization normalization,
    Minibatch minibatch)
    implements Architecture {
  public Mlp {
    generator = List.copyOf(generator);
    discriminator = List.copyOf(discriminator);
    Normalization.requireForGenerator(generatorNormalization);
  }

  @Override
  public List<Layer> generator(ImageShape image, PixelRange pixels, int classes, int references) {
    List<Layer> layers = new ArrayList<>();
    addLabels(layers, classes);
    Optional<Layer> norm = generatorNormalization.layer(references);
    for (int units : generator) {
      layers.add(new Linear(units, norm.isEmpty(), false));
      norm.ifPresent(layers::add);
      layers.add(Activation.relu(0));
    }
    layers.add(new Linear(image.size(), true, false));
    layers.add(Activation.into(pixels));
    layers.add(Reshape.to(GeneratorSpec.samples(image)));
    return layers;
  }

  @Override
  public List<Layer> discriminator(ImageShape image, int classes, int references) {
    List<Layer> layers = new ArrayList<>();
    layers.add(Reshape.flat(image.size()));
    addLabels(layers, classes);
    boolean spectral = normalization == Normalization.SPECTRAL;
    for (int i = 0; i < discriminator.size(); i++) {
      Optional<Layer> norm = i == 0 ? Optional.empty() : normalization.layer(references);
      layers.add(new Linear(discriminator.get(i), norm.isEmpty(), spectral));
      norm.ifPresent(layers::add);
      layers.add(Activation.relu(slope));
    }
    layers.addAll(minibatch.layers(spectral));
    layers.add(new Linear(1, true, spectral));
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
