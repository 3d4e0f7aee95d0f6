package io.github.kafkagan.gan.quality;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A report that is being written. */
final class Findings {
  private final SortedMap<String, Double> figures = new TreeMap<>();
  private final SortedMap<String, String> leftOut = new TreeMap<>();
  private List<Double> classShares = List.of();

  void add(Figure figure, double value) {
    figures.put(figure.key(), value);
  }

  void leaveOut(String reason, Figure... missing) {
    for (Figure figure : missing) {
      leftOut.put(figure.key(), reason);
    }
  }

  /** Adds what a classifier's classes say. */
  void addClasses(Features fakes, int[] fakeLabels, Features reals, int[] realLabels) {
    classShares = Classes.shares(fakes.predictions(), fakes.classes());
    add(Figure.CLASSES, Classes.present(classShares));
    add(Figure.INCEPTION_SCORE, InceptionScore.of(fakes.probabilities(), fakes.classes()));
    addAccuracy(Figure.LABEL_ACCURACY, fakes, fakeLabels, "the generator is unconditional");
    addAccuracy(Figure.CLASSIFIER_ACCURACY, reals, realLabels, "the real images have no labels");
  }

  private void addAccuracy(Figure figure, Features images, int[] labels, String without) {
    if (labels.length == 0) {
      leaveOut(without, figure);
    } else {
      add(figure, Classes.accuracy(images.predictions(), labels));
    }
  }

  QualityReport report(int images) {
    return new QualityReport(images, figures, classShares, leftOut);
  }
}
