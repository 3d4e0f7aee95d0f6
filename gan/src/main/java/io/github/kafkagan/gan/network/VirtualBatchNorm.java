package io.github.kafkagan.gan.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Normalisation of each channel, or of each unit of a flat input, with the statistics of a
 * reference batch that stays the same throughout training, and of the sample itself; so that no
 * sample depends on those that share its batch.
 *
 * <p>Source: Salimans et al.: Improved Techniques for Training GANs (2016), section 3.5. In
 * training passes the reference leads the batch (see {@link Network#refer}) and gradients flow
 * through it; its statistics are kept among the weights, for passes that infer.
 *
 * @param references samples of the reference batch, at least 1
 */
public record VirtualBatchNorm(int references) implements Layer {
  public VirtualBatchNorm {
    if (references < 1) {
      throw new IllegalArgumentException("references must be at least 1, was " + references);
    }
  }

  @Override
  public Shape output(Shape input) {
    return input;
  }

  @Override
  public List<Weight> weights(Shape input) {
    long channels = input.get(0);
    return List.of(
        Weight.of("weight", Weight.Role.SCALE, channels),
        Weight.of("bias", Weight.Role.SHIFT, channels),
        Weight.of("reference_mean", Weight.Role.RUNNING_MEAN, channels),
        Weight.of("reference_square", Weight.Role.RUNNING_VARIANCE, channels));
  }

  @Override
  public NDArray forward(NDArray input, Pass pass) {
    return pass.operators()
        .virtualBatchNorm(
            input,
            pass.weight("weight"),
            pass.weight("bias"),
            pass.weight("reference_mean"),
            pass.weight("reference_square"),
            references,
            pass.training() ? references : 0);
  }
}
