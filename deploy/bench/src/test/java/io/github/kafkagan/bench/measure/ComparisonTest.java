package io.github.kafkagan.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Duration WINDOW = Duration.ofSeconds(2);

  /** Gives rates that were decided before, and notes its turns. */
  private record Scripted(String name, Deque<Double> rates, List<String> turns) implements Side {
    static Scripted of(String name, List<String> turns, Double... rates) {
      return new Scripted(name, new ArrayDeque<>(List.of(rates)), turns);
    }

    @Override
    public double rate(Duration window) {
      turns.add(name + " " + window.toSeconds());
      return rates.pop();
    }

    @Override
    public void close() {}
  }

  @Test
  void givenTwoSidesThenTheyTakeTurnsAndRatiosAreThoseOfARound() {
    List<String> turns = new ArrayList<>();
    Side ours = Scripted.of("a", turns, 0.0, 20.0, 40.0, 90.0);
    Side theirs = Scripted.of("b", turns, 0.0, 10.0, 10.0, 30.0);

    Outcome outcome =
        Comparison.run(
            "speed", "images/s", ours, theirs, 2.5, new Rounds(Duration.ofSeconds(1), 3, WINDOW));

    assertThat(turns).containsExactly("a 1", "b 1", "a 2", "b 2", "a 2", "b 2", "a 2", "b 2");
    assertThat(outcome.ours().figure()).isEqualTo(new Spread(40, 20, 90));
    assertThat(outcome.theirs().figure()).isEqualTo(new Spread(10, 10, 30));
    assertThat(outcome.ratio()).isEqualTo(new Spread(3, 2, 4));
    assertThat(outcome.reached()).isTrue();
    assertThat(outcome.describe())
        .startsWith("speed: 3.00 × (2.00 to 4.00), wanted at least 2.50 ×" + System.lineSeparator())
        .contains("b  ", "10.00 images/s (10.00 to 30.00)");
  }

  @Test
  void givenAMedianBelowTheTargetThenItIsNotReached() {
    List<String> turns = new ArrayList<>();
    Side ours = Scripted.of("a", turns, 1.0, 4.0);
    Side theirs = Scripted.of("b", turns, 1.0, 1.0);

    Outcome outcome =
        Comparison.run(
            "speed", "images/s", ours, theirs, 2.6, new Rounds(Duration.ZERO, 2, WINDOW));

    assertThat(outcome.ratio().median()).isEqualTo(2.5);
    assertThat(outcome.reached()).isFalse();
    assertThat(outcome.describe()).contains("NOT REACHED");
  }
}
