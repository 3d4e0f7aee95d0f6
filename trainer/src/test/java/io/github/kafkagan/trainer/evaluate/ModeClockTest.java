package io.github.kafkagan.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.trainer.checkpoint.Progress;
import io.github.kafkagan.trainer.ingest.StreamPosition;
import io.github.kafkagan.trainer.step.Batch;
import org.junit.jupiter.api.Test;

class ModeClockTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void measuresFromTheFirstRealImageToTheFirstEvaluationWithTheClass() {
    ModeClock clock = new ModeClock(false);
    see(clock, 64, 0, 0, 1);
    see(clock, 128, SECOND, 1, 0);

    assertThat(clock.after(Reports.withShares(6_400, 0.98, 0.02), 5 * SECOND))
        .containsExactly(new LearntClass(0, 6_336, 5));
    assertThat(clock.after(Reports.withShares(12_800, 0.6, 0.4), 9 * SECOND))
        .containsExactly(new LearntClass(1, 12_736, 9));
    assertThat(clock.after(Reports.withShares(20_000, 0.5, 0.5), 12 * SECOND)).isEmpty();
  }

  @Test
  void aClassThatAppearsLaterHasItsOwnTime() {
    ModeClock clock = new ModeClock(false);
    see(clock, 64, 0, 0);
    clock.after(Reports.withShares(6_400, 1.0, 0.0), SECOND);
    see(clock, 10_000, 20 * SECOND, 0, 1);

    assertThat(clock.after(Reports.withShares(16_000, 0.9, 0.1), 30 * SECOND))
        .containsExactly(new LearntClass(1, 6_000, 10));
  }

  @Test
  void aResumedRunDoesNotTimeWhatWasThereBefore() {
    ModeClock clock = new ModeClock(true);
    see(clock, 64_000, 0, 0);
    assertThat(clock.after(Reports.withShares(70_000, 1.0, 0.0), SECOND)).isEmpty();
    see(clock, 70_064, 2 * SECOND, 1);

    assertThat(clock.after(Reports.withShares(80_064, 0.5, 0.5), 4 * SECOND))
        .containsExactly(new LearntClass(1, 10_000, 2));
  }

  private static void see(ModeClock clock, long imagesSeen, long nanos, int... labels) {
    clock.see(
        new Batch(new byte[labels.length], labels, labels.length),
        new Progress(imagesSeen / 64, imagesSeen, StreamPosition.beginning()),
        nanos);
  }
}
