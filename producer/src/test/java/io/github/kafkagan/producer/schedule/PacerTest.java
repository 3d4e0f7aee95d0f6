package io.github.kafkagan.producer.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PacerTest {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong clock = new AtomicLong(123);

  @Test
  void letsTheRateThrough() {
    Pacer pacer = new Pacer(1000, clock::get);

    assertThat(sentWithin(pacer, 10 * SECOND)).isBetween(10_000, 10_001);
  }

  @Test
  void tellsHowLongToWait() {
    Pacer pacer = new Pacer(4, clock::get);

    assertThat(pacer.nanosUntilDue()).isZero();
    pacer.sent();
    assertThat(pacer.nanosUntilDue()).isEqualTo(SECOND / 4);
  }

  @Test
  void catchesUpWithASecondAtMost() {
    Pacer pacer = new Pacer(100, clock::get);
    clock.addAndGet(3600 * SECOND);

    assertThat(sentWithin(pacer, 0)).isBetween(100, 101);
  }

  @Test
  void withoutALimitNothingWaits() {
    Pacer pacer = new Pacer(Double.POSITIVE_INFINITY, clock::get);
    for (int i = 0; i < 1000; i++) {
      pacer.sent();
      assertThat(pacer.nanosUntilDue()).isZero();
    }
  }

  @Test
  void refusesARateThatIsNone() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Pacer(0, clock::get));
    assertThatIllegalArgumentException().isThrownBy(() -> new Pacer(-1, clock::get));
    assertThatIllegalArgumentException().isThrownBy(() -> new Pacer(Double.NaN, clock::get));
  }

  private int sentWithin(Pacer pacer, long nanos) {
    long end = clock.get() + nanos;
    int sent = 0;
    while (true) {
      if (pacer.nanosUntilDue() <= 0) {
        pacer.sent();
        sent++;
      } else if (clock.get() + pacer.nanosUntilDue() > end) {
        return sent;
      } else {
        clock.addAndGet(pacer.nanosUntilDue());
      }
    }
  }
}
