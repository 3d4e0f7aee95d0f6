package io.github.kafkagan.trainer.evaluate;

import io.github.kafkagan.gan.checkpoint.Snapshot;
import io.github.kafkagan.gan.quality.Figure;
import io.github.kafkagan.gan.quality.QualityReport;
import io.github.kafkagan.trainer.checkpoint.Progress;
import io.github.kafkagan.trainer.ingest.StreamPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Assessments with given figures. */
final class Reports {
  static final Scale SCALE = new Scale(600, 10, 1_000);

  private Reports() {}

  static Assessment of(double distance, double classes) {
    return of(distance, classes, SCALE);
  }

  static Assessment of(double distance, double classes, Scale scale) {
    return of(distance, classes, scale, List.of());
  }

  /** Of 1,000 images, with the shares of classes. */
  static Assessment withShares(long imagesSeen, Double... shares) {
    Assessment any = of(1.0, (double) shares.length, SCALE, List.of(shares));
    return new Assessment(
        new Progress(imagesSeen / 64, imagesSeen, StreamPosition.beginning()),
        any.state(),
        any.generator(),
        any.report(),
        SCALE,
        0);
  }

  /** As on a stream without labels. */
  static Assessment unlabelled() {
    return of(null, null, new Scale(0, 0, 1_000), List.of());
  }

  private static Assessment of(
      @Nullable Double distance, @Nullable Double classes, Scale scale, List<Double> shares) {
    TreeMap<String, Double> figures = new TreeMap<>();
    TreeMap<String, String> leftOut = new TreeMap<>();
    for (Figure figure : Figure.values()) {
      leftOut.put(figure.key(), "not of interest");
    }
    put(figures, leftOut, Figure.FRECHET_DISTANCE, distance);
    put(figures, leftOut, Figure.CLASSES, classes);
    Snapshot nothing = new Snapshot(Map.of(), Map.of());
    return new Assessment(
        Progress.none(),
        nothing,
        nothing,
        new QualityReport(1_000, figures, new ArrayList<>(shares), leftOut),
        scale,
        0);
  }

  private static void put(
      Map<String, Double> figures,
      Map<String, String> leftOut,
      Figure figure,
      @Nullable Double value) {
    if (value != null) {
      figures.put(figure.key(), value);
      leftOut.remove(figure.key());
    }
  }
}
