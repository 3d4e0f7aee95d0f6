package io.github.kafkagan.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {
  private static final Series ECHO = new Series("echo", List.of(8.0, 20.0, 9.0));

  @Test
  void givenFiguresThatAreToBeSmallThenOnlyARatioUpToTheTargetReachesIt() {
    Series ours = new Series("service", List.of(10.0, 40.0, 9.0));

    Outcome outcome = Outcome.of("latency", "ms", ours, ECHO, Target.atMost(1.25));

    assertThat(outcome.ratio()).isEqualTo(new Spread(1.25, 1, 2));
    assertThat(outcome.reached()).isTrue();
    Outcome stricter = Outcome.of("latency", "ms", ours, ECHO, Target.atMost(1.24));
    assertThat(stricter.reached()).isFalse();
    assertThat(stricter.describe()).contains("wanted at most 1.24 × – NOT REACHED");
  }

  @Test
  void givenTwoSidesThenTheSmallerIsTakenRoundByRound() {
    Series loop = new Series("loop", List.of(10.0, 10.0, 10.0));

    Series smaller = Series.smaller("the smaller", ECHO, loop);

    assertThat(smaller).isEqualTo(new Series("the smaller", List.of(8.0, 10.0, 9.0)));
    Series shorter = new Series("shorter", List.of(1.0));
    assertThatThrownBy(() -> Series.smaller("the smaller", ECHO, shorter))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givenAFigureByItselfThenItIsJudgedByItsMedian() {
    Finding wanted = Finding.wanted("p50", "ms", ECHO, Target.atMost(9));

    assertThat(wanted.reached()).isTrue();
    assertThat(wanted.describe()).isEqualTo("p50: 9.00 ms (8.00 to 20.00), wanted at most 9.00 ms");
    assertThat(Finding.wanted("p50", "ms", ECHO, Target.atMost(8.9)).describe())
        .endsWith("NOT REACHED");
    assertThat(Finding.known("p50", "ms", ECHO).reached()).isTrue();
  }
}
