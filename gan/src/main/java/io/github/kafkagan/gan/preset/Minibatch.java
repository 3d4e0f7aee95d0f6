package io.github.kafkagan.gan.preset;

import io.github.kafkagan.gan.network.Layer;
import io.github.kafkagan.gan.network.MinibatchDiscrimination;
import java.util.List;

/**
 * Minibatch discrimination before a discriminator's head: Salimans et al. (2016), section 3.2.
 *
 * @param kernels numbers that it adds to the features, 0 for none
 * @param dimensions of the space in which a kernel compares samples, at least 1
 */
public record Minibatch(int kernels, int dimensions) {
  public Minibatch {
    if (kernels < 0 || dimensions < 1) {
      throw new IllegalArgumentException(
          "kernels of minibatch must be at least 0 and dimensions 1, were %d and %d"
              .formatted(kernels, dimensions));
    }
  }

  /** One layer, or none. */
  List<Layer> layers(boolean spectralNorm) {
    return kernels == 0
        ? List.of()
        : List.of(new MinibatchDiscrimination(kernels, dimensions, spectralNorm));
  }
}
