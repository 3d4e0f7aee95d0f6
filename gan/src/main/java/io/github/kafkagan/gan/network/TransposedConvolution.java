package io.github.kafkagan.gan.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * A two-dimensional transposed convolution, channels × rows × columns → channels × more × more.
 *
 * @param channels that come out, at least 1
 * @param kernel side of the square kernel, at least 1
 * @param stride at least 1
 * @param padding rows and columns cut from each side of the result, at least 0
 * @param bias whether a constant is added to each channel
 */
public record TransposedConvolution(int channels, int kernel, int stride, int padding, boolean bias)
    implements Layer {
  /** Up to these many channels out, as images have them, one matrix product is faster. */
  private static final int THIN = 4;

  public TransposedConvolution {
    if (channels < 1 || kernel < 1 || stride < 1 || padding < 0) {
      throw new IllegalArgumentException(
          "channels, kernel and stride of a transposed convolution must be at least 1, and"
              + " padding 0");
    }
  }

  @Override
  public Shape output(Shape input) {
    Layer.requireDimensions(this, input, 3);
    return new Shape(channels, side(input.get(1)), side(input.get(2)));
  }

  private long side(long input) {
    long side = (input - 1) * stride - 2L * padding + kernel;
    if (side < 1) {
      throw new IllegalArgumentException(this + " leaves nothing of a side of " + input);
    }
    return side;
  }

  @Override
  public List<Weight> weights(Shape input) {
    // PyTorch takes the fan-in of a transposed kernel from its second dimension.
    long fanIn = (long) channels * kernel * kernel;
    Weight weight = Weight.kernel(fanIn, input.get(0), channels, kernel, kernel);
    return bias ? List.of(weight, Weight.bias(fanIn, channels)) : List.of(weight);
  }

  @Override
  public NDArray forward(NDArray input, Pass pass) {
    NDArray kernels = pass.weight("weight");
    NDArray result =
        channels <= THIN && !pass.training()
            ? pass.operators().thinTransposedConvolution(input, kernels, stride, padding)
            : pass.operators().transposedConvolution(input, kernels, stride, padding);
    if (!bias) {
      return result;
    }
    NDArray perChannel = pass.weight("bias").reshape(1, channels, 1, 1);
    perChannel.attach(input.getManager());
    return result.add(perChannel);
  }
}
