package io.github.kafkagan.generator.rollout;

import io.github.kafkagan.gan.quality.Figure;
import io.github.kafkagan.pipeline.contract.Manifest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which checkpoints of a model are served.
 *
 * @param choice of the checkpoints there are
 * @param gateFactor how many times the best Fréchet distance a checkpoint's may be to pass the
 *     gate, at least 1
 */
public record Serving(Choice choice, double gateFactor) {
  /** How a checkpoint is chosen; names as the command line has them. */
  public enum Choice {
    /** The newest. */
    latest,
    /** The one with the best evaluation; none before there is one. */
    best,
    /** The newest that is not much worse than the best. */
    gated
  }

  public Serving {
    if (!(gateFactor >= 1)) {
      throw new IllegalArgumentException("--gate-factor must be at least 1, was " + gateFactor);
    }
  }

  /** Serves the newest, whatever its quality. */
  public static Serving latest() {
    return new Serving(Choice.latest, 1);
  }

  /**
   * Whether a newest checkpoint may be served. Once the best one was judged, one that was not does
   * not pass: a trainer judges again half a minute after it was restarted.
   *
   * @param best the best one's manifest; null if there is none
   */
  boolean admits(Manifest candidate, @Nullable Manifest best) {
    if (choice != Choice.gated || best == null) {
      return true;
    }
    Optional<Double> distance = distance(candidate);
    Optional<Double> least = distance(best);
    return least.isEmpty() || (distance.isPresent() && distance.get() <= gateFactor * least.get());
  }

  private static Optional<Double> distance(Manifest manifest) {
    return Optional.ofNullable(manifest.quality().get(Figure.FRECHET_DISTANCE.key()));
  }
}
