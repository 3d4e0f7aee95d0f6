package io.github.kafkagan.gan.preset;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kafkagan.gan.network.BatchNorm;
import io.github.kafkagan.gan.network.Layer;
import io.github.kafkagan.gan.network.VirtualBatchNorm;
import java.util.Optional;

/** What keeps the values between a network's layers in range. */
public enum Normalization {
  @JsonProperty("none")
  NONE,
  /** Batch normalisation; in a discriminator of all layers but the first. */
  @JsonProperty("batch")
  BATCH,
  /** Virtual batch normalisation, in the same places, with a reference batch. */
  @JsonProperty("virtual")
  VIRTUAL,
  /** Every weight divided by its largest singular value; of discriminators only. */
  @JsonProperty("spectral")
  SPECTRAL;

  /**
   * The layer to go behind a linear one or a convolution, which then needs no bias of its own.
   *
   * @param references samples of a reference batch
   */
  Optional<Layer> layer(int references) {
    return switch (this) {
      case NONE, SPECTRAL -> Optional.empty();
      case BATCH -> Optional.of(new BatchNorm());
      case VIRTUAL -> Optional.of(new VirtualBatchNorm(references));
    };
  }

  /** Refuses what no generator has. */
  static void requireForGenerator(Normalization normalization) {
    if (normalization == SPECTRAL) {
      throw new IllegalArgumentException(
          "generatorNormalization must be none, batch or virtual; spectral is for discriminators");
    }
  }
}
