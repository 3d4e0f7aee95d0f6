package io.github.kafkagan.bench.measure;

import java.util.List;

/** The middle of some figures and how far they lie apart. */
public record Spread(double median, double min, double max) {
  private static final double DETAILED = 100;

  /**
   * Of at least one figure.
   *
   * @param figures in any order
   */
  public static Spread of(List<Double> figures) {
    if (figures.isEmpty()) {
      throw new IllegalArgumentException("no figures, no spread");
    }
    List<Double> sorted = figures.stream().sorted().toList();
    int last = sorted.size() - 1;
    double median = (sorted.get(last / 2) + sorted.get(last - last / 2)) / 2;
    return new Spread(median, sorted.get(0), sorted.get(last));
  }

  /** Such as {@code 2.50 × (2.00 to 4.00)}. */
  String describe(String unit) {
    return "%s %s (%s to %s)".formatted(text(median), unit, text(min), text(max));
  }

  /** With two digits behind the point where they tell something. */
  static String text(double figure) {
    return (Math.abs(figure) < DETAILED ? "%.2f" : "%.0f").formatted(figure);
  }
}
