package io.github.kafkagan.gan.network;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/** What can be said of layers that follow each other, before there is a network of them. */
public final class Layers {
  private static final long MAX_WEIGHTS = 1L << 28;

  /** 32 samples that are made together then take a gigabyte. */
  private static final long MAX_SAMPLE = 1L << 23;

  /** Seconds for 32 samples on a few cores: a network from a stranger must not take hours. */
  private static final long MAX_WORK = 1L << 33;

  private Layers() {}

  /**
   * The shape that comes out of layers; builds nothing.
   *
   * @throws IllegalArgumentException if a layer does not fit on those before it, if all have more
   *     than 2²⁸ weights together, or if a sample has more than 2²³ numbers on its way, or takes
   *     more than 2³³ multiplications
   */
  public static Shape output(List<Layer> layers, Shape input) {
    requireOneReference(layers);
    Shape shape = input;
    long weights = 0;
    long work = 0;
    for (Layer layer : layers) {
      Shape next = layer.output(shape);
      if (size(next) > MAX_SAMPLE) {
        throw new IllegalArgumentException(
            layer + " makes samples of more than " + MAX_SAMPLE + " numbers");
      }
      long positions = positions(layer instanceof TransposedConvolution ? shape : next);
      for (Weight weight : layer.weights(shape)) {
        long size = size(weight.shape());
        weights += size;
        work += size * positions;
        if (weights > MAX_WEIGHTS) {
          throw new IllegalArgumentException(
              "the network has more than " + MAX_WEIGHTS + " weights");
        }
      }
      if (work > MAX_WORK) {
        throw new IllegalArgumentException(
            "a sample takes more than " + MAX_WORK + " multiplications");
      }
      shape = next;
    }
    return shape;
  }

  /** Where a reference leads a batch, all see it as what it is. */
  private static void requireOneReference(List<Layer> layers) {
    List<Layer> seeing = layers.subList(0, withReference(layers));
    if (seeing.stream().anyMatch(Layer::mixesSamples)) {
      throw new IllegalArgumentException(
          "no layer in front of a virtual batch normalisation may mix samples");
    }
    if (seeing.stream().filter(VirtualBatchNorm.class::isInstance).distinct().count() > 1) {
      throw new IllegalArgumentException(
          "all virtual batch normalisation of a network must have as many references");
    }
  }

  /** How many layers a reference goes through: up to the last that looks at it. */
  static int withReference(List<Layer> layers) {
    for (int i = layers.size(); i > 0; i--) {
      if (layers.get(i - 1) instanceof VirtualBatchNorm) {
        return i;
      }
    }
    return 0;
  }

  /** How often the weights of a layer are used for a sample: at each place of an image. */
  private static long positions(Shape shape) {
    return shape.dimension() == 3 ? shape.get(1) * shape.get(2) : 1;
  }

  /** No more than one above the most weights, whatever the lengths: their product may not fit. */
  private static long size(Shape shape) {
    long size = 1;
    for (long length : shape.getShape()) {
      size = length > MAX_WEIGHTS / size ? MAX_WEIGHTS + 1 : size * length;
    }
    return size;
  }
}
