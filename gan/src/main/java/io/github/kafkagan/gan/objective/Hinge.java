package io.github.kafkagan.gan.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import java.util.OptionalDouble;

/**
 * The hinge loss: D gains nothing from pushing a sample further than one from its boundary.
 *
 * <p>D: mean max(0, 1 - l) over reals plus mean max(0, 1 + l) over fakes; G: mean -l. Source: Lim,
 * Ye: Geometric GAN (2017); Miyato et al. (2018), equations 16 and 17.
 */
public record Hinge() implements Objective {
  @Override
  public NDArray discriminator(NDArray real, NDArray fake) {
    return real(real).add(fake(fake));
  }

  @Override
  public NDArray real(NDArray real) {
    return Activation.relu(real.neg().add(1)).mean();
  }

  @Override
  public NDArray fake(NDArray fake) {
    return Activation.relu(fake.add(1)).mean();
  }

  @Override
  public NDArray generator(NDArray fake) {
    return fake.neg().mean();
  }

  @Override
  public OptionalDouble boundary() {
    return OptionalDouble.of(0);
  }
}
