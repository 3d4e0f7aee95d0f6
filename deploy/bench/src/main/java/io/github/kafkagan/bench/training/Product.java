package io.github.kafkagan.bench.training;

import ai.djl.ndarray.types.Shape;
import io.github.kafkagan.gan.network.Convolution;
import io.github.kafkagan.gan.network.Layer;
import io.github.kafkagan.gan.network.Linear;
import io.github.kafkagan.gan.network.TransposedConvolution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A matrix product, rows × inner by inner × columns: what a layer with weights comes down to, a
 * convolution by taking each of its windows as a row.
 */
record Product(long rows, long inner, long columns) {

  /** The forward products of a network, layer by layer. */
  static List<Product> of(List<Layer> layers, Shape input, int batch) {
    List<Product> products = new ArrayList<>();
    Shape shape = input;
    for (Layer layer : layers) {
      of(layer, shape, batch).ifPresent(products::add);
      shape = layer.output(shape);
    }
    return products;
  }

  private static Optional<Product> of(Layer layer, Shape input, int batch) {
    if (layer instanceof Linear linear) {
      return Optional.of(new Product(batch, input.get(0), linear.units()));
    }
    if (layer instanceof Convolution convolution) {
      Shape output = convolution.output(input);
      return Optional.of(
          new Product(
              batch * output.get(1) * output.get(2),
              input.get(0) * square(convolution.kernel()),
              convolution.channels()));
    }
    if (layer instanceof TransposedConvolution convolution) {
      return Optional.of(
          new Product(
              batch * input.get(1) * input.get(2),
              input.get(0),
              convolution.channels() * square(convolution.kernel())));
    }
    return Optional.empty();
  }

  private static long square(long side) {
    return side * side;
  }

  /** The product that gives the derivative by what went in. */
  Product byInput() {
    return new Product(rows, /* inner= */ columns, /* columns= */ inner);
  }

  /** The product that gives the derivative by the weight. */
  Product byWeight() {
    return new Product(/* rows= */ columns, /* inner= */ rows, /* columns= */ inner);
  }
}
