package io.github.kafkagan.bench.measure;

import java.util.List;

/** Measures two sides in turns. */
public final class Comparison {
  private Comparison() {}

  /**
   * Measures.
   *
   * @param name of the comparison
   * @param unit of both rates, such as images/s
   * @param target least ratio of {@code ours} to {@code theirs} that is wanted
   */
  public static Outcome run(
      String name, String unit, Side ours, Side theirs, double target, Rounds rounds) {
    List<List<Double>> rates = Turns.take(List.of(ours::rate, theirs::rate), rounds);
    return Outcome.of(
        name,
        unit,
        new Series(ours.name(), rates.get(0)),
        new Series(theirs.name(), rates.get(1)),
        Target.atLeast(target));
  }
}
