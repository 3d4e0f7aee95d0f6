package io.github.kafkagan.gan.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Batch normalisation of each channel, or of each unit of a flat input.
 *
 * <p>Source: Ioffe, Szegedy: Batch Normalization (2015). Epsilon 1e-5; running statistics take a
 * tenth of each training batch's.
 */
public record BatchNorm() implements Layer {
  private static final float KEPT = 0.9f;
  private static final float EPSILON = 1e-5f;
  private static final int AXIS_AFTER_BATCH = -1;

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
        Weight.of("running_mean", Weight.Role.RUNNING_MEAN, channels),
        Weight.of("running_var", Weight.Role.RUNNING_VARIANCE, channels));
  }

  @Override
  public NDArray forward(NDArray input, Pass pass) {
    return ai.djl.nn.norm.BatchNorm.batchNorm(
            input,
            pass.weight("running_mean"),
            pass.weight("running_var"),
            pass.weight("weight"),
            pass.weight("bias"),
            AXIS_AFTER_BATCH,
            KEPT,
            EPSILON,
            pass.training())
        .singletonOrThrow();
  }

  @Override
  public boolean mixesSamples() {
    return true;
  }
}
