package io.github.kafkagan.trainer.evaluate;

import io.github.kafkagan.gan.checkpoint.Snapshot;
import io.github.kafkagan.gan.quality.Figure;
import io.github.kafkagan.gan.quality.QualityReport;
import io.github.kafkagan.trainer.checkpoint.Progress;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an evaluation found, and the networks that it is about, as they were when it began.
 *
 * @param progress at its begin
 * @param state all that a trainer would need to go on from there
 * @param generator the weights that were evaluated
 * @param report its figures
 * @param scale under which its distances can be compared
 * @param seconds that its slices took together
 */
record Assessment(
    Progress progress,
    Snapshot state,
    Snapshot generator,
    QualityReport report,
    Scale scale,
    double seconds) {
  /** In {@link #quality}: the step whose generator was evaluated. */
  static final String STEP = "evaluatedStep";

  /** Less is better; empty where the stream has no labels. */
  OptionalDouble frechetDistance() {
    return figure(Figure.FRECHET_DISTANCE);
  }

  OptionalDouble figure(Figure figure) {
    Double value = report.figures().get(figure.key());
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** The figures for a manifest, by name. */
  SortedMap<String, Double> quality() {
    SortedMap<String, Double> quality = new TreeMap<>(report.figures());
    quality.put(STEP, (double) progress.step());
    scale.addTo(quality);
    return quality;
  }
}
