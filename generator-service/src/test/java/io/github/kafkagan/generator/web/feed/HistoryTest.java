package io.github.kafkagan.generator.web.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.generator.web.feed.History.Place;
import io.github.kafkagan.generator.web.feed.History.Update;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HistoryTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final History<Remark> history = new History<>(100, 1 << 20);

  @Test
  void givenRecordsOfSeveralLanesThenAReaderGetsThemInTheirOrderAndEachOnce() throws Exception {
    add(0, "a");
    add(1, "b");
    add(5, "a");

    Update<Remark> first = update(history.beginning());
    add(7, "b");
    Update<Remark> second = update(first.place());

    assertThat(offsets(first)).containsExactly(0L, 1L, 5L);
    assertThat(offsets(second)).containsExactly(7L);
    assertThat(second.fromBeginning()).isFalse();
  }

  @Test
  void givenNothingNewThenAReaderWaitsUntilSomethingComes() throws Exception {
    add(0, "a");
    Place place = update(history.beginning()).place();

    CompletableFuture<Update<Remark>> waiting =
        CompletableFuture.supplyAsync(() -> await(place, LONG).orElseThrow());
    assertThat(waiting.isDone()).isFalse();
    add(1, "a");

    assertThat(offsets(waiting.get(10, TimeUnit.SECONDS))).containsExactly(1L);
  }

  @Test
  void givenNothingNewForAsLongAsItWaitsThenItHearsThatThereIsNothing() {
    add(0, "a");

    Update<Remark> update = await(history.placeAfter(0), Duration.ofMillis(20)).orElseThrow();

    assertThat(update.records()).isEmpty();
    assertThat(update.place()).isEqualTo(history.placeAfter(0));
  }

  @Test
  void givenATopicThatIsReadAgainThenNothingIsRememberedTwice() throws Exception {
    add(0, "a");
    add(1, "a");
    add(0, "a");
    add(1, "a");

    assertThat(offsets(update(history.beginning()))).containsExactly(0L, 1L);
  }

  @Test
  void givenATopicThatWasCreatedAnewThenReadersBeginAnewToo() throws Exception {
    add(0, "a");
    add(1, "a");
    Place place = update(history.beginning()).place();

    history.clear();
    add(0, "a");
    Update<Remark> update = update(place);

    assertThat(update.fromBeginning()).isTrue();
    assertThat(offsets(update)).containsExactly(0L);
    assertThat(update(update.place(), Duration.ofMillis(1)).fromBeginning()).isFalse();
  }

  @Test
  void givenAReaderFromATopicThatWentFurtherThenItBeginsAnew() throws Exception {
    add(0, "a");

    assertThat(update(history.placeAfter(1_000)).fromBeginning()).isTrue();
    assertThat(offsets(update(history.placeAfter(1_000)))).containsExactly(0L);
  }

  @Test
  void givenMoreLanesThanAreRememberedThenTheOnesLongUnusedGo() {
    for (int offset = 0; offset < 1_000; offset++) {
      add(offset, offset % 2 == 0 ? "busy" : "lane" + offset);
    }

    assertThat(history.lane("busy")).isNotEmpty();
    assertThat(history.lane("lane1")).isEmpty();
    assertThat(history.lane("lane999")).hasSize(1);
    assertThat(history.find(999)).isPresent();
    assertThat(history.find(1)).isEmpty();
  }

  @Test
  void givenAClosedHistoryThenWaitingEnds() throws Exception {
    CompletableFuture<Optional<Update<Remark>>> waiting =
        CompletableFuture.supplyAsync(() -> await(history.beginning(), LONG));
    history.close();

    assertThat(waiting.get(10, TimeUnit.SECONDS)).isEmpty();
  }

  private void add(long offset, String lane) {
    history.add(new Remark(offset, lane, 1));
  }

  private Update<Remark> update(Place place) {
    return update(place, LONG);
  }

  private Update<Remark> update(Place place, Duration patience) {
    return await(place, patience).orElseThrow();
  }

  private Optional<Update<Remark>> await(Place place, Duration patience) {
    try {
      return history.await(place, patience);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Long> offsets(Update<Remark> update) {
    return update.records().stream().map(Remark::offset).toList();
  }
}
