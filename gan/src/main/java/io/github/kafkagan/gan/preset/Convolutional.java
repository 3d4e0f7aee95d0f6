package io.github.kafkagan.gan.preset;

import io.github.kafkagan.gan.network.Activation;
import io.github.kafkagan.gan.network.Convolution;
import io.github.kafkagan.gan.network.ImageShape;
import io.github.kafkagan.gan.network.LabelEmbedding;
import io.github.kafkagan.gan.network.Layer;
import io.github.kafkagan.gan.network.Linear;
import io.github.kafkagan.gan.network.PixelRange;
import io.github.kafkagan.gan.network.Projection;
import io.github.kafkagan.gan.network.Reshape;
import io.github.kafkagan.gan.network.TransposedConvolution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Convolutional networks in the manner of Radford et al. (2015): each layer doubles or halves the
 * sides of the image; with classes, the generator gets an embedding of the label and the
 * discriminator ends in a projection.
 *
 * @param generator channels before each transposed convolution, the last of which makes the image
 * @param discriminator channels after each convolution
 * @param units of a fully connected layer before the discriminator's head, 0 for none
 * @param embedding numbers per label for the generator
 * @param slope of the discriminator's rectifiers below zero
 * @param generatorNormalization before each transposed convolution
 * @param normalization of the discriminator
 * @param minibatch before the discriminator's head
 */
public record Convolutional(
    List<Integer> generator,
    List<Integer> discriminator,
    int units,
    int embedding,
    double slope,
    Normalization generatorNormalization,
    Normalization normalization,
    Minibatch minibatch)
    implements Architecture {
  private static final int KERNEL = 4;
  private static final int STRIDE = 2;
  private static final int PADDING = 1;

  public Convolutional {
    generator = List.copyOf(generator);
    discriminator = List.copyOf(discriminator);
    if (generator.isEmpty() || discriminator.isEmpty()) {
      throw new IllegalArgumentException("both networks need at least one convolution");
    }
    Normalization.requireForGenerator(generatorNormalization);
  }

  @Override
  public List<Layer> generator(ImageShape image, PixelRange pixels, int classes, int references) {
    int factor = 1 << generator.size();
    if (image.rows() % factor != 0 || image.cols() % factor != 0) {
      throw new IllegalArgumentException(
          "%d transposed convolutions make images whose sides are multiples of %d, not %s"
              .formatted(generator.size(), factor, image));
    }
    long rows = image.rows() / factor;
    long cols = image.cols() / factor;
    List<Layer> layers = new ArrayList<>();
    if (classes > 0) {
      layers.add(new LabelEmbedding(classes, embedding));
    }
    Optional<Layer> norm = generatorNormalization.layer(references);
    boolean bias = norm.isEmpty();
    layers.add(new Linear(Math.toIntExact(generator.get(0) * rows * cols), bias, false));
    layers.add(new Reshape(List.of((long) generator.get(0), rows, cols)));
    for (int i = 0; i < generator.size(); i++) {
      norm.ifPresent(layers::add);
      layers.add(Activation.relu(0));
      boolean last = i == generator.size() - 1;
      int channels = last ? image.channels() : generator.get(i + 1);
      layers.add(new TransposedConvolution(channels, KERNEL, STRIDE, PADDING, last || bias));
    }
    layers.add(Activation.into(pixels));
    return layers;
  }

  @Override
  public List<Layer> discriminator(ImageShape image, int classes, int references) {
    boolean spectral = normalization == Normalization.SPECTRAL;
    List<Layer> layers = new ArrayList<>();
    long rows = image.rows();
    long cols = image.cols();
    for (int i = 0; i < discriminator.size(); i++) {
      Optional<Layer> norm = i == 0 ? Optional.empty() : normalization.layer(references);
      layers.add(
          new Convolution(discriminator.get(i), KERNEL, STRIDE, PADDING, norm.isEmpty(), spectral));
      norm.ifPresent(layers::add);
      layers.add(Activation.relu(slope));
      rows /= STRIDE;
      cols /= STRIDE;
    }
    layers.add(Reshape.flat(discriminator.get(discriminator.size() - 1) * rows * cols));
    if (units > 0) {
      layers.add(new Linear(units, true, spectral));
      layers.add(Activation.relu(slope));
    }
    layers.addAll(minibatch.layers(spectral));
    layers.add(classes > 0 ? new Projection(classes, spectral) : new Linear(1, true, spectral));
    return layers;
  }
}
