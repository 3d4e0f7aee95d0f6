package io.github.kafkagan.generator.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommitPaceTest {
  private final CommitPace pace = new CommitPace();
  private final long begin = System.nanoTime() + CommitPace.MOMENT_NANOS;

  @Test
  void givenNothingOpenThenRepliesAreCommittedAtOnce() {
    assertThat(pace.isDue(begin)).isTrue();

    open(1);
    commit(begin, 0);
    assertThat(pace.isDue(begin + CommitPace.REST_NANOS)).isFalse();

    pace.closed(1);
    assertThat(pace.isDue(begin + CommitPace.REST_NANOS)).isTrue();
  }

  @Test
  void givenACommitJustNowThenEvenWithNothingOpenTheNextOneLeavesTheBrokerItsTime() {
    commit(begin, 5);

    assertThat(pace.isDue(begin + 5 + CommitPace.REST_NANOS - 1)).isFalse();
    assertThat(pace.isDue(begin + 5 + CommitPace.REST_NANOS)).isTrue();
  }

  @Test
  void givenACommitThatIsNotOverThenNoOtherIsDue() {
    pace.committing(begin);
    assertThat(pace.isDue(begin + 100 * CommitPace.MOMENT_NANOS)).isFalse();

    pace.committed(begin + 100 * CommitPace.MOMENT_NANOS);
    assertThat(pace.isDue(begin + 101 * CommitPace.MOMENT_NANOS)).isTrue();
  }

  @Test
  void givenLittleOpenThenRepliesAreCommittedAfterAMoment() {
    open(CommitPace.LITTLE);
    assertThat(pace.isDue(begin)).isTrue();

    commit(begin, 0);

    assertThat(pace.isDue(begin + CommitPace.MOMENT_NANOS - 1)).isFalse();
    assertThat(pace.isDue(begin + CommitPace.MOMENT_NANOS)).isTrue();
  }

  @Test
  void givenMuchOpenThenThatIsLeftToTheInterval() {
    open(CommitPace.LITTLE + 1);

    assertThat(pace.isDue(begin)).isFalse();
    assertThat(pace.isDue(begin + 100 * CommitPace.MOMENT_NANOS)).isFalse();
  }

  @Test
  void givenAFewCommitsThatTookLongThenTheNextOneIsAfterAMoment() {
    open(1);
    long took = 5 * CommitPace.MOMENT_NANOS;

    long over = commits(begin, CommitPace.LAST - 1, took);

    assertThat(pace.isDue(over + CommitPace.MOMENT_NANOS)).isTrue();
  }

  @Test
  void givenCommitsThatTakeLongThenTheNextOneIsLater() {
    open(1);
    long took = 2 * CommitPace.MOMENT_NANOS;

    commit(begin, 1);

    long over = commits(begin + 1, CommitPace.LAST, took);

    assertThat(pace.isDue(over + CommitPace.TIMES * took - 1)).isFalse();
    assertThat(pace.isDue(over + CommitPace.TIMES * took)).isTrue();

    commit(over, 1);

    assertThat(pace.isDue(over + 1 + CommitPace.MOMENT_NANOS)).isTrue();
  }

  private long commits(long first, int count, long nanos) {
    for (int i = 0; i < count; i++) {
      commit(first + i * nanos, nanos);
    }
    return first + count * nanos;
  }

  private void commit(long at, long nanos) {
    pace.committing(at);
    pace.committed(at + nanos);
  }

  private void open(int count) {
    for (int i = 0; i < count; i++) {
      pace.opened();
    }
  }
}
