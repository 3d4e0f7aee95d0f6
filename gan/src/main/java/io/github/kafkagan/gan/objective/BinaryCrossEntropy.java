package io.github.kafkagan.gan.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import io.github.kafkagan.gan.operator.Upload;
import java.util.OptionalDouble;

/**
 * Cross-entropy of real against fake; the generator's is the non-saturating one.
 *
 * <p>D: the mean over reals and fakes together of -log σ(l) and -log(1 - σ(l)); G: the mean of -log
 * σ(l). Computed from logits, where -log σ(l) is softplus(-l). Source: Goodfellow et al. (2014).
 *
 * @param smoothing what D's target for reals lacks to one, 0 to below 1: one-sided label smoothing,
 *     Salimans et al. (2016), section 3.4
 */
public record BinaryCrossEntropy(double smoothing) implements Objective {
  public BinaryCrossEntropy {
    Objective.requireSmoothing(smoothing);
  }

  @Override
  public NDArray discriminator(NDArray real, NDArray fake) {
    NDArray loss = Activation.softPlus(real.neg().concat(fake)).mean();
    return smoothing == 0 ? loss : loss.add(smoothed(real, smoothing / 2));
  }

  @Override
  public NDArray real(NDArray real) {
    NDArray loss = Activation.softPlus(real.neg()).mean();
    return smoothing == 0 ? loss : loss.add(smoothed(real, smoothing));
  }

  /** What a target below one adds: softplus(l) - softplus(-l), which is l, in its share. */
  private static NDArray smoothed(NDArray real, double share) {
    return real.mean().mul(Upload.scalar(real.getManager(), share));
  }

  @Override
  public NDArray fake(NDArray fake) {
    return Activation.softPlus(fake).mean();
  }

  @Override
  public NDArray generator(NDArray fake) {
    return Activation.softPlus(fake.neg()).mean();
  }

  /** Where σ(l) is halfway between the targets; 0 without smoothing. */
  @Override
  public OptionalDouble boundary() {
    return OptionalDouble.of(Math.log((1 - smoothing) / (1 + smoothing)));
  }
}
