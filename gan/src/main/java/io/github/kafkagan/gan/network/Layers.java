package io.github.kafkagan.gan.network;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/** What can be said of layers that follow each other, before there is a network of them. */
public final class Layers {
  private static final long MAX_WEIGHTS = 1L << 28;
  private static final long MAX_SAMPLE = 1L << 26;

  private Layers() {}

  /**
   * The shape that comes out of layers; builds nothing.
   *
   * @throws IllegalArgumentException if a layer does not fit on those before it, if all have more
   *     than 2²⁸ weights together, or if a sample has more than 2²⁶ numbers on its way
   */
  public static Shape output(List<Layer> layers, Shape input) {
    requireOneReference(layers);
    Shape shape = input;
    long weights = 0;
    for (Layer layer : layers) {
      Shape next = layer.output(shape);
      if (size(next) > MAX_SAMPLE) {
        throw new IllegalArgumentException(
            layer + " makes samples of more than " + MAX_SAMPLE + " numbers");
      }
      for (Weight weight : layer.weights(shape)) {
        weights += size(weight.shape());
        if (weights > MAX_WEIGHTS) {
          throw new IllegalArgumentException(
              "the network has more than " + MAX_WEIGHTS + " weights");
        }
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

  private static long size(Shape shape) {
    long size = 1;
    for (long length : shape.getShape()) {
      size = Math.min(MAX_WEIGHTS + 1, size * length);
    }
    return size;
  }
}
