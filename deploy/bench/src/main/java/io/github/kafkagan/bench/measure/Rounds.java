package io.github.kafkagan.bench.measure;

import java.time.Duration;

/**
 * How long to measure.
 *
 * @param warmUp of each side, once; not counted
 * @param count how often both sides take their turn, at least 1
 * @param window length of a turn
 */
public record Rounds(Duration warmUp, int count, Duration window) {
  public Rounds {
    if (count < 1) {
      throw new IllegalArgumentException("there must be at least 1 round, were " + count);
    }
    if (window.isNegative() || window.isZero()) {
      throw new IllegalArgumentException("a window must be longer than 0, was " + window);
    }
  }

  /** The same, but for how long each side warms up. */
  public Rounds warmingUpFor(Duration time) {
    return new Rounds(time, count, window);
  }
}
