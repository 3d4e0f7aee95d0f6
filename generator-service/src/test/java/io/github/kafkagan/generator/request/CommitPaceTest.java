package io.github.kafkagan.generator.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommitPaceTest {
  private final CommitPace pace = new CommitPace();
  private final long begin = System.nanoTime() + CommitPace.MOMENT_NANOS;

  @Test
  void givenNothingOpenThenRepliesAreCommittedAtOnce() {
    pace.committing(begin);
    assertThat(pace.isDue(begin + 1)).isTrue();

    pace.opened();
    assertThat(pace.isDue(begin + 2)).isFalse();

    pace.closed(1);
    assertThat(pace.isDue(begin + 3)).isTrue();
  }

  @Test
  void givenLittleOpenThenRepliesAreCommittedAfterAMoment() {
    open(CommitPace.LITTLE);
    assertThat(pace.isDue(begin)).isTrue();

    pace.committing(begin);

    assertThat(pace.isDue(begin + CommitPace.MOMENT_NANOS - 1)).isFalse();
    assertThat(pace.isDue(begin + CommitPace.MOMENT_NANOS)).isTrue();

    pace.committing(begin + CommitPace.MOMENT_NANOS);

    assertThat(pace.isDue(begin + CommitPace.MOMENT_NANOS + 1)).isFalse();
  }

  @Test
  void givenMuchOpenThenThatIsLeftToTheInterval() {
    open(CommitPace.LITTLE + 1);

    assertThat(pace.isDue(begin)).isFalse();
    assertThat(pace.isDue(begin + 100 * CommitPace.MOMENT_NANOS)).isFalse();
  }

  @Test
  void givenACommitThatTookLongThenTheNextOneIsLater() {
    open(1);
    pace.committing(begin);
    long took = CommitPace.MOMENT_NANOS;

    pace.committed(begin, begin + took);

    long next = begin + took + CommitPace.TIMES * took;
    assertThat(pace.isDue(next - 1)).isFalse();
    assertThat(pace.isDue(next)).isTrue();

    pace.committing(next);
    pace.committed(next, next + 1);

    assertThat(pace.isDue(next + 1 + CommitPace.MOMENT_NANOS)).isTrue();
  }

  private void open(int count) {
    for (int i = 0; i < count; i++) {
      pace.opened();
    }
  }
}
