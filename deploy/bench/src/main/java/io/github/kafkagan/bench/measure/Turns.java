package io.github.kafkagan.bench.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Lets several work in turns, A B A B …, so that all see the same weather on the machine. */
public final class Turns {
  private Turns() {}

  /**
   * Lets each warm up once, then work as often as there are rounds.
   *
   * @param sides each told how long to work
   * @return what each side's turns gave, in the order of the sides; warming up is not in it
   */
  public static <T> List<List<T>> take(List<Function<Duration, T>> sides, Rounds rounds) {
    if (!rounds.warmUp().isZero()) {
      for (Function<Duration, T> side : sides) {
        T unused = side.apply(rounds.warmUp());
      }
    }
    List<List<T>> turns = new ArrayList<>();
    sides.forEach(side -> turns.add(new ArrayList<>()));
    for (int round = 0; round < rounds.count(); round++) {
      for (int side = 0; side < sides.size(); side++) {
        turns.get(side).add(sides.get(side).apply(rounds.window()));
      }
    }
    return turns;
  }
}
