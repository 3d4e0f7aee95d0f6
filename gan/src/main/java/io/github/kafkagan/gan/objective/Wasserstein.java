package io.github.kafkagan.gan.objective;

import ai.djl.ndarray.NDArray;
import java.util.OptionalDouble;

/**
 * The distance between reals and fakes that a critic sees; its slope must be bounded by other
 * means.
 *
 * <p>D: mean l over fakes minus mean l over reals; G: mean -l. Source: Arjovsky et al.: Wasserstein
 * GAN (2017), equation 3 and algorithm 1.
 */
public record Wasserstein() implements Objective {
  @Override
  public NDArray discriminator(NDArray real, NDArray fake) {
    return fake(fake).add(real(real));
  }

  @Override
  public NDArray real(NDArray real) {
    return real.neg().mean();
  }

  @Override
  public NDArray fake(NDArray fake) {
    return fake.mean();
  }

  @Override
  public NDArray generator(NDArray fake) {
    return fake.neg().mean();
  }

  /** None: a critic's logits may be shifted by any constant. */
  @Override
  public OptionalDouble boundary() {
    return OptionalDouble.empty();
  }
}
