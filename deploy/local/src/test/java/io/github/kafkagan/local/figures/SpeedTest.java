package io.github.kafkagan.local.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SpeedTest {
  private final Speed speed = new Speed(seconds(100));

  @Test
  void startingUpDoesNotCountAgainstTheOverallSpeed() {
    // Given ten seconds in which the trainer started, then 500 images a second
    read(110, 0);
    read(111, 400);
    read(113, 1400);

    assertThat(speed.overall()).isEqualTo(500);
  }

  @Test
  void theCurrentSpeedForgetsWhatIsLongAgo() {
    read(101, 1_000);
    read(120, 1_000);
    read(125, 1_000);
    read(135, 3_000);

    assertThat(speed.now()).isEqualTo(200);
  }

  @Test
  void aSingleReadingIsMeasuredFromTheStart() {
    read(104, 1_000);

    assertThat(speed.overall()).isEqualTo(250);
    assertThat(speed.now()).isEqualTo(250);
  }

  @Test
  void noReadingIsNoSpeed() {
    assertThat(speed.now()).isZero();
    assertThat(speed.overall()).isZero();
  }

  private void read(long second, long images) {
    speed.read(seconds(second), images);
  }

  private static long seconds(long count) {
    return TimeUnit.SECONDS.toNanos(count);
  }
}
