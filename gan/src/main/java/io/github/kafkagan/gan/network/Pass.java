package io.github.kafkagan.gan.network;

import ai.djl.ndarray.NDArray;
import io.github.kafkagan.gan.operator.Operators;
import io.github.kafkagan.gan.operator.Products;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a layer gets besides its input.
 *
 * @param weights the layer's own arrays by name
 * @param labels one-hot float32, batch × classes; null in an unconditional network
 * @param training whether gradients flow and statistics move
 * @param operators what DJL lacks
 * @param products what multiplies faster than PyTorch in training; null if nothing does
 */
public record Pass(
    Map<String, NDArray> weights,
    @Nullable NDArray labels,
    boolean training,
    Operators operators,
    @Nullable Products products) {

  NDArray weight(String name) {
    NDArray weight = weights.get(name);
    if (weight == null) {
      throw new IllegalStateException("the layer declared no weight " + name);
    }
    return weight;
  }

  NDArray conditions() {
    if (labels == null) {
      throw new IllegalArgumentException("a label-conditional network needs labels");
    }
    return labels;
  }

  /** A fully connected layer: batch × inputs, units × inputs → batch × units. */
  NDArray linear(NDArray input, NDArray kernel, @Nullable NDArray bias) {
    return training && products != null
        ? products.linear(input, kernel, bias)
        : ai.djl.nn.core.Linear.linear(input, kernel, bias).singletonOrThrow();
  }

  /** The kernel, divided by its spectral norm if {@code normalised}. */
  NDArray kernel(NDArray input, boolean normalised) {
    return normalised ? normalised(input, "weight", "u") : weight("weight");
  }

  /** A weight divided by its spectral norm; only training passes move the singular vector. */
  NDArray normalised(NDArray input, String name, String vector) {
    NDArray u = training ? weight(vector) : weight(vector).duplicate();
    return operators.spectralNorm(input, weight(name), u);
  }
}
