package io.github.kafkagan.gan.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;

/**
 * Cross-entropy of real against fake; the generator's is the non-saturating one.
 *
 * <p>D: the mean over reals and fakes together of -log σ(l) and -log(1 - σ(l)); G: the mean of -log
 * σ(l). Computed from logits, where -log σ(l) is softplus(-l). Source: Goodfellow et al. (2014).
 */
public record BinaryCrossEntropy() implements Objective {
  @Override
  public NDArray discriminator(NDArray real, NDArray fake) {
    return Activation.softPlus(real.neg().concat(fake)).mean();
  }

  @Override
  public NDArray real(NDArray real) {
    return Activation.softPlus(real.neg()).mean();
  }

  @Override
  public NDArray fake(NDArray fake) {
    return Activation.softPlus(fake).mean();
  }

  @Override
  public NDArray generator(NDArray fake) {
    return Activation.softPlus(fake.neg()).mean();
  }
}
