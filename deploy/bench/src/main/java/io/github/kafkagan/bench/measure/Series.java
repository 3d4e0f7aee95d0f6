package io.github.kafkagan.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * One side's figures.
 *
 * @param name of the side
 * @param figures one per turn, in order; at least one
 */
public record Series(String name, List<Double> figures) {
  public Series {
    figures = List.copyOf(figures);
  }

  /** One figure of what each turn gave. */
  public static <T> Series of(String name, List<T> turns, ToDoubleFunction<T> figure) {
    return new Series(name, turns.stream().map(turn -> figure.applyAsDouble(turn)).toList());
  }

  /** Of each round the smaller figure of the two. */
  public static Series smaller(String name, Series one, Series other) {
    return combine(name, one, other, Math::min);
  }

  /** Of each round the ratio of this to the other. */
  public Series over(Series other) {
    return combine(name, this, other, (mine, others) -> mine / others);
  }

  /** How the figures lie. */
  public Spread spread() {
    return Spread.of(figures);
  }

  private static Series combine(
      String name, Series one, Series other, DoubleBinaryOperator operator) {
    if (one.figures.size() != other.figures.size()) {
      throw new IllegalArgumentException(
          "%d turns of %s, but %d of %s"
              .formatted(one.figures.size(), one.name, other.figures.size(), other.name));
    }
    List<Double> combined = new ArrayList<>();
    for (int round = 0; round < one.figures.size(); round++) {
      combined.add(operator.applyAsDouble(one.figures.get(round), other.figures.get(round)));
    }
    return new Series(name, combined);
  }
}
