package io.github.kafkagan.gan.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A fully connected layer, inputs → units.
 *
 * @param units at least 1
 * @param bias whether a constant is added to each unit
 * @param spectralNorm whether the weight is divided by its largest singular value
 */
public record Linear(int units, boolean bias, boolean spectralNorm) implements Layer {
  public Linear {
    if (units < 1) {
      throw new IllegalArgumentException("units must be at least 1, was " + units);
    }
  }

  @Override
  public Shape output(Shape input) {
    Layer.requireDimensions(this, input, 1);
    return new Shape(units);
  }

  @Override
  public List<Weight> weights(Shape input) {
    long inputs = input.get(0);
    List<Weight> weights = new ArrayList<>();
    weights.add(Weight.kernel(inputs, units, inputs));
    if (bias) {
      weights.add(Weight.bias(inputs, units));
    }
    if (spectralNorm) {
      weights.add(Weight.of("u", Weight.Role.SINGULAR_VECTOR, units));
    }
    return weights;
  }

  @Override
  public NDArray forward(NDArray input, Pass pass) {
    return pass.linear(input, pass.kernel(input, spectralNorm), bias ? pass.weight("bias") : null);
  }
}
