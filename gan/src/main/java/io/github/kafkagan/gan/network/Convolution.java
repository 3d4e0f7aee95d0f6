package io.github.kafkagan.gan.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import java.util.ArrayList;
import java.util.List;

/**
 * A two-dimensional convolution, channels × rows × columns → channels × fewer × fewer.
 *
 * @param channels that come out, at least 1
 * @param kernel side of the square kernel, at least 1
 * @param stride at least 1
 * @param padding zeros on each side, at least 0
 * @param bias whether a constant is added to each channel
 * @param spectralNorm whether the kernel is divided by its largest singular value
 */
public record Convolution(
    int channels, int kernel, int stride, int padding, boolean bias, boolean spectralNorm)
    implements Layer {
  public Convolution {
    if (channels < 1 || kernel < 1 || stride < 1 || padding < 0) {
      throw new IllegalArgumentException(
          "channels, kernel and stride of a convolution must be at least 1, and padding 0");
    }
  }

  @Override
  public Shape output(Shape input) {
    Layer.requireDimensions(this, input, 3);
    return new Shape(channels, side(input.get(1)), side(input.get(2)));
  }

  private long side(long input) {
    long room = input + 2L * padding - kernel;
    if (room < 0) {
      throw new IllegalArgumentException(this + " does not fit on a side of " + input);
    }
    return room / stride + 1;
  }

  @Override
  public List<Weight> weights(Shape input) {
    long fanIn = input.get(0) * kernel * kernel;
    List<Weight> weights = new ArrayList<>();
    weights.add(Weight.kernel(fanIn, channels, input.get(0), kernel, kernel));
    if (bias) {
      weights.add(Weight.bias(fanIn, channels));
    }
    if (spectralNorm) {
      weights.add(Weight.of("u", Weight.Role.SINGULAR_VECTOR, channels));
    }
    return weights;
  }

  @Override
  public NDArray forward(NDArray input, Pass pass) {
    return Conv2d.conv2d(
            input,
            pass.kernel(input, spectralNorm),
            bias ? pass.weight("bias") : null,
            new Shape(stride, stride),
            new Shape(padding, padding))
        .singletonOrThrow();
  }
}
