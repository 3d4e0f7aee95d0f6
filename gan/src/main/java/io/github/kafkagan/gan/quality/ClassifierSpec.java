package io.github.kafkagan.gan.quality;

import ai.djl.ndarray.types.Shape;
import io.github.kafkagan.gan.network.Activation;
import io.github.kafkagan.gan.network.Convolution;
import io.github.kafkagan.gan.network.GeneratorSpec;
import io.github.kafkagan.gan.network.ImageShape;
import io.github.kafkagan.gan.network.Layer;
import io.github.kafkagan.gan.network.Layers;
import io.github.kafkagan.gan.network.Linear;
import io.github.kafkagan.gan.network.Reshape;
import java.util.ArrayList;
import java.util.List;

/**
 * What a classifier is, besides its weights.
 *
 * @param image whose sides are at least 8
 * @param classes at least 2
 */
record ClassifierSpec(ImageShape image, int classes) {
  /** Units of the last hidden layer. */
  static final int FEATURES = 64;

  private static final int MIN_SIDE = 8;

  /** Of the last convolution: no longer side is left, whatever the image's. */
  private static final int MAX_SIDE = 8;

  private static final List<Integer> CHANNELS = List.of(16, 32);

  ClassifierSpec {
    if (Math.min(image.rows(), image.cols()) < MIN_SIDE) {
      throw new IllegalArgumentException(
          "a classifier needs images with sides of at least " + MIN_SIDE + ", not " + image);
    }
    if (classes < 2) {
      throw new IllegalArgumentException("a classifier needs 2 classes or more, not " + classes);
    }
  }

  /** From images (channels × rows × columns) to one logit per class. */
  List<Layer> layers() {
    List<Layer> layers = new ArrayList<>();
    for (int channels : CHANNELS) {
      halve(layers, channels);
    }
    Shape input = GeneratorSpec.samples(image);
    Shape maps = Layers.output(layers, input);
    while (Math.max(maps.get(1), maps.get(2)) > MAX_SIDE) {
      halve(layers, (int) maps.get(0));
      maps = Layers.output(layers, input);
    }
    layers.add(Reshape.flat(maps.size()));
    layers.add(new Linear(FEATURES, true, false));
    layers.add(Activation.relu(0));
    layers.add(new Linear(classes, true, false));
    return layers;
  }

  private static void halve(List<Layer> layers, int channels) {
    layers.add(new Convolution(channels, 4, 2, 1, true, false));
    layers.add(Activation.relu(0));
  }
}
