package io.github.kafkagan.local;

import io.github.kafkagan.local.figures.Figures;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Figures for tests. */
public final class Examples {
  private Examples() {}

  /** A run with a batch of 64 that has trained on so many images. */
  public static Figures trained(long images) {
    return new Figures(
        images + 100,
        images,
        OptionalLong.of(100),
        images / 64,
        OptionalDouble.of(0.4321),
        OptionalDouble.of(3.2),
        OptionalDouble.of(23.45),
        OptionalLong.of(9),
        5,
        4,
        7,
        OptionalLong.of(1234),
        OptionalDouble.of(6.54));
  }
}
