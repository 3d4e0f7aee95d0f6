package io.github.kafkagan.bench.measure;

import java.util.ArrayList;
import java.util.List;

/** Measures two sides in turns, A B A B …, so that both see the same weather on the machine. */
public final class Comparison {
  private Comparison() {}

  /**
   * Measures.
   *
   * @param name of the comparison
   * @param unit what both sides count, per second
   * @param target least ratio of {@code ours} to {@code theirs} that is wanted
   */
  public static Outcome run(
      String name, String unit, Side ours, Side theirs, double target, Rounds rounds) {
    if (!rounds.warmUp().isZero()) {
      ours.rate(rounds.warmUp());
      theirs.rate(rounds.warmUp());
    }
    List<Double> left = new ArrayList<>();
    List<Double> right = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < rounds.count(); round++) {
      double a = ours.rate(rounds.window());
      double b = theirs.rate(rounds.window());
      left.add(a);
      right.add(b);
      ratios.add(a / b);
    }
    return new Outcome(
        name,
        unit,
        new Outcome.Measured(ours.name(), Spread.of(left)),
        new Outcome.Measured(theirs.name(), Spread.of(right)),
        Spread.of(ratios),
        target);
  }
}
