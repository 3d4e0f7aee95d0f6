package io.github.kafkagan.generator.web.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long SECOND = 1_000_000_000L;

  private final Pace pace = new Pace(Duration.ofSeconds(10));

  @Test
  void givenOneReadingThenThereIsNoPaceYet() {
    pace.read(0, 500);

    assertThat(pace.perSecond()).isZero();
  }

  @Test
  void givenReadingsThenItIsThatOfTheLastSeconds() {
    for (int second = 0; second <= 60; second++) {
      pace.read(second * SECOND, second < 30 ? second * 1_000L : 30_000);
      if (second == 20) {
        assertThat(pace.perSecond()).isEqualTo(1_000);
      }
    }

    assertThat(pace.perSecond()).isZero();
  }

  @Test
  void givenACountThatBeginsAnewThenItIsNeverNegative() {
    pace.read(0, 10_000);
    pace.read(SECOND, 100);
    pace.read(2 * SECOND, 300);

    assertThat(pace.perSecond()).isEqualTo(200);
  }
}
