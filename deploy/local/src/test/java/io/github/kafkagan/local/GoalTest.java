package io.github.kafkagan.local;

import static io.github.kafkagan.local.Examples.trained;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class GoalTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void imagesEndItAtTheLastWholeBatch() {
    Goal goal = new Goal(OptionalLong.of(1_000), Optional.empty());

    assertThat(goal.isReached(trained(14 * 64), MINUTE)).isFalse();
    assertThat(goal.isReached(trained(15 * 64), MINUTE)).isTrue();
    assertThat(goal.progress(trained(8 * 64), MINUTE).orElseThrow()).isEqualTo(0.512);
  }

  @Test
  void timeEndsIt() {
    Goal goal = new Goal(OptionalLong.empty(), Optional.of(MINUTE));

    assertThat(goal.isReached(trained(64), Duration.ofSeconds(59))).isFalse();
    assertThat(goal.isReached(trained(64), MINUTE)).isTrue();
    assertThat(goal.progress(trained(64), Duration.ofSeconds(30)).orElseThrow()).isEqualTo(0.5);
    assertThat(goal.progress(trained(64), Duration.ofHours(1)).orElseThrow()).isEqualTo(1);
  }

  @Test
  void whicheverComesFirstCounts() {
    Goal goal = new Goal(OptionalLong.of(640), Optional.of(MINUTE));

    assertThat(goal.isReached(trained(640), Duration.ZERO)).isTrue();
    assertThat(goal.isReached(trained(64), MINUTE)).isTrue();
    assertThat(goal.isReached(trained(64), Duration.ZERO)).isFalse();
    assertThat(goal.progress(trained(320), Duration.ofSeconds(6)).orElseThrow()).isEqualTo(0.5);
  }

  @Test
  void withoutAGoalItGoesOn() {
    Goal goal = new Goal(OptionalLong.empty(), Optional.empty());

    assertThat(goal.isReached(trained(1 << 20), Duration.ofDays(1))).isFalse();
    assertThat(goal.progress(trained(64), MINUTE)).isEmpty();
  }

  @Test
  void beforeTheFirstStepNoNumberOfImagesIsReached() {
    Goal goal = new Goal(OptionalLong.of(10), Optional.empty());

    assertThat(goal.isReached(trained(0), MINUTE)).isFalse();
  }
}
