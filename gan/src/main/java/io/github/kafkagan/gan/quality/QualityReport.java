package io.github.kafkagan.gan.quality;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an evaluation found.
 *
 * @param images how many generated ones were looked at
 * @param figures finite values by {@link Figure#key}
 * @param classShares per class its share of the generated images, 0 to 1; empty without classifier
 * @param leftOut why figures are missing, in words, by {@link Figure#key}
 */
public record QualityReport(
    int images,
    SortedMap<String, Double> figures,
    List<Double> classShares,
    SortedMap<String, String> leftOut) {

  public QualityReport {
    figures = Collections.unmodifiableSortedMap(new TreeMap<>(figures));
    classShares = List.copyOf(classShares);
    leftOut = Collections.unmodifiableSortedMap(new TreeMap<>(leftOut));
    for (Map.Entry<String, Double> figure : figures.entrySet()) {
      if (!Double.isFinite(figure.getValue())) {
        throw new IllegalArgumentException(figure.getKey() + " is " + figure.getValue());
      }
    }
    for (Figure figure : Figure.values()) {
      if (figures.containsKey(figure.key()) == leftOut.containsKey(figure.key())) {
        throw new IllegalArgumentException(
            figure.key() + " must either have a value or be left out");
      }
    }
  }
}
