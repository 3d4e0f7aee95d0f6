package io.github.kafkagan.local;

import io.github.kafkagan.local.figures.Figures;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * When a demo ends by itself: at whichever of the two comes first, or never.
 *
 * @param images trained on in this run; training is by the batch, so the last may stay incomplete
 * @param duration since the processes were started
 */
record Goal(OptionalLong images, Optional<Duration> duration) {

  boolean isReached(Figures figures, Duration elapsed) {
    return enoughImages(figures)
        || duration.map(limit -> elapsed.compareTo(limit) >= 0).orElse(false);
  }

  private boolean enoughImages(Figures figures) {
    if (images.isEmpty() || figures.batch() == 0) {
      return false;
    }
    long wanted = images.getAsLong();
    return figures.imagesTrained() >= wanted - wanted % figures.batch();
  }

  /** How much is done, 0 to 1; empty for a demo without end. */
  OptionalDouble progress(Figures figures, Duration elapsed) {
    if (images.isEmpty() && duration.isEmpty()) {
      return OptionalDouble.empty();
    }
    double trained = images.isPresent() ? (double) figures.imagesTrained() / images.getAsLong() : 0;
    double passed =
        duration.map(limit -> (double) elapsed.toMillis() / limit.toMillis()).orElse(0.0);
    return OptionalDouble.of(Math.min(1, Math.max(trained, passed)));
  }
}
