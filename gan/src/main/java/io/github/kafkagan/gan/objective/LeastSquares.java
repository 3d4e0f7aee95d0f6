package io.github.kafkagan.gan.objective;

import ai.djl.ndarray.NDArray;
import io.github.kafkagan.gan.operator.Upload;
import java.util.OptionalDouble;

/**
 * Squared distances of the logits from 1, which says real, and 0, which says generated.
 *
 * <p>D: ½ mean (l - 1)² over reals plus ½ mean l² over fakes, which is the mean over both together;
 * G: ½ mean (l - 1)². Source: Mao et al.: Least Squares GANs (2017), equation 9.
 *
 * @param smoothing what D's target for reals lacks to one, 0 to below 1: one-sided label smoothing,
 *     Salimans et al. (2016), section 3.4
 */
public record LeastSquares(double smoothing) implements Objective {
  private static final double HALF = 0.5;

  public LeastSquares {
    Objective.requireSmoothing(smoothing);
  }

  @Override
  public NDArray discriminator(NDArray real, NDArray fake) {
    return real.sub(1 - smoothing).concat(fake).square().mean();
  }

  @Override
  public NDArray real(NDArray real) {
    return real.sub(1 - smoothing).square().mean();
  }

  @Override
  public NDArray fake(NDArray fake) {
    return fake.square().mean();
  }

  @Override
  public NDArray generator(NDArray fake) {
    return fake.sub(1).square().mean().mul(Upload.scalar(fake.getManager(), HALF));
  }

  /** Halfway between the targets; 0.5 without smoothing. */
  @Override
  public OptionalDouble boundary() {
    return OptionalDouble.of((1 - smoothing) / 2);
  }
}
