package io.github.kafkagan.gan.preset;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kafkagan.gan.network.Activation;
import io.github.kafkagan.gan.network.BatchNorm;
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
 * @param normalization of the discriminator; the generator has batch normalisation
 */
public record Convolutional(
    List<Integer> generator,
    List<Integer> discriminator,
    int units,
    int embedding,
    double slope,
    Normalization normalization)
    implements Architecture {
  private static final int KERNEL = 4;
  private static final int STRIDE = 2;
  private static final int PADDING = 1;

  /** Of a discriminator. */
  public enum Normalization {
    @JsonProperty("none")
    NONE,
    /** Batch normalisation, of all convolutions but the first. */
    @JsonProperty("batch")
    BATCH,
    /** Every weight divided by its largest singular value. */
    @JsonProperty("spectral")
    SPECTRAL
  }

  public Convolutional {
    generator = List.copyOf(generator);
    discriminator = List.copyOf(discriminator);
    if (generator.isEmpty() || discriminator.isEmpty()) {
      throw new IllegalArgumentException("both networks need at least one convolution");
    }
  }

  @Override
  public List<Layer> generator(ImageShape image, PixelRange pixels, int classes) {
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
    layers.add(new Linear(Math.toIntExact(generator.get(0) * rows * cols), false, false));
    layers.add(new Reshape(List.of((long) generator.get(0), rows, cols)));
    for (int i = 0; i < generator.size(); i++) {
      layers.add(new BatchNorm());
      layers.add(Activation.relu(0));
      boolean last = i == generator.size() - 1;
      int channels = last ? image.channels() : generator.get(i + 1);
      layers.add(new TransposedConvolution(channels, KERNEL, STRIDE, PADDING, last));
    }
    layers.add(Activation.into(pixels));
    return layers;
  }

  @Override
  public List<Layer> discriminator(ImageShape image, int classes) {
    boolean spectral = normalization == Normalization.SPECTRAL;
    List<Layer> layers = new ArrayList<>();
    long rows = image.rows();
    long cols = image.cols();
    for (int i = 0; i < discriminator.size(); i++) {
      boolean batchNorm = normalization == Normalization.BATCH && i > 0;
      layers.add(
          new Convolution(discriminator.get(i), KERNEL, STRIDE, PADDING, !batchNorm, spectral));
      if (batchNorm) {
        layers.add(new BatchNorm());
      }
      layers.add(Activation.relu(slope));
      rows /= STRIDE;
      cols /= STRIDE;
    }
    layers.add(Reshape.flat(discriminator.get(discriminator.size() - 1) * rows * cols));
    if (units > 0) {
      layers.add(new Linear(units, true, spectral));
      layers.add(Activation.relu(slope));
    }
    layers.add(classes > 0 ? new Projection(classes, spectral) : new Linear(1, true, spectral));
    return layers;
  }
}
