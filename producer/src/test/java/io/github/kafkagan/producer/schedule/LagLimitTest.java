package io.github.kafkagan.producer.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class LagLimitTest {
  private final LagLimit limit = new LagLimit(1_000);

  @Test
  void beforeTrainingOnlyTheFirstImagesGo() {
    assertThat(limit.allows(0)).isTrue();
    assertThat(limit.allows(999)).isTrue();
    assertThat(limit.allows(1_000)).isFalse();
  }

  @Test
  void whatIsTrainedOnMakesRoomForAsMany() {
    limit.trainedUpTo(64);

    assertThat(limit.allows(1_063)).isTrue();
    assertThat(limit.allows(1_064)).isFalse();
    assertThat(limit.trained()).isEqualTo(64);
  }

  @Test
  void aTrainingThatGoesBackHoldsTheStreamUntilItHasCaughtUp() {
    limit.trainedUpTo(5_000);
    limit.trainedUpTo(3_000);
    assertThat(limit.allows(5_500)).isFalse();

    limit.trainedUpTo(4_501);
    assertThat(limit.allows(5_500)).isTrue();
  }

  @Test
  void aTrainingThatIsAheadOfTheStreamHoldsNothing() {
    limit.trainedUpTo(Long.MAX_VALUE);

    assertThat(limit.allows(0)).isTrue();
    assertThat(limit.allows(Long.MAX_VALUE - 1)).isTrue();
  }

  @Test
  void noLagAtAllWouldHoldTheStreamForever() {
    assertThatIllegalArgumentException().isThrownBy(() -> new LagLimit(0));
  }
}
