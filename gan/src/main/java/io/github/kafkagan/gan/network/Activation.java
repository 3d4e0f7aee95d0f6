package io.github.kafkagan.gan.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;

/**
 * An elementwise function.
 *
 * @param function which one
 * @param slope of a rectifier below zero: 0 for the plain one; ignored by the others
 */
public record Activation(Function function, double slope) implements Layer {
  /** The functions there are. */
  public enum Function {
    @JsonProperty("relu")
    RELU,
    @JsonProperty("tanh")
    TANH,
    @JsonProperty("sigmoid")
    SIGMOID
  }

  public Activation {
    Objects.requireNonNull(function, "function");
  }

  public static Activation relu(double slope) {
    return new Activation(Function.RELU, slope);
  }

  /** The function whose values are a range of pixels. */
  public static Activation into(PixelRange pixels) {
    return new Activation(
        switch (pixels) {
          case SYMMETRIC -> Function.TANH;
          case UNIT -> Function.SIGMOID;
        },
        0);
  }

  @Override
  public Shape output(Shape input) {
    return input;
  }

  @Override
  public List<Weight> weights(Shape input) {
    return List.of();
  }

  @Override
  public NDArray forward(NDArray input, Pass pass) {
    return switch (function) {
      case RELU ->
          slope == 0
              ? ai.djl.nn.Activation.relu(input)
              : ai.djl.nn.Activation.leakyRelu(input, (float) slope);
      case TANH -> ai.djl.nn.Activation.tanh(input);
      case SIGMOID -> ai.djl.nn.Activation.sigmoid(input);
    };
  }
}
