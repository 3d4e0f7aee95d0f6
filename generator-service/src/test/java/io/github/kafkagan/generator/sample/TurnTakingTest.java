package io.github.kafkagan.generator.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.kafkagan.generator.Await;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TurnTakingTest {
  private final List<String> done = Collections.synchronizedList(new ArrayList<>());

  @Test
  void givenMuchWorkForOneClientThenAnothersIsDoneInBetween() {
    Semaphore busy = new Semaphore(0);
    try (TurnTaking turns = new TurnTaking("turns")) {
      turns.of("first").execute(busy::acquireUninterruptibly);
      for (int i = 0; i < 100; i++) {
        turns.of("busy").execute(() -> done.add("busy"));
      }
      turns.of("other").execute(() -> done.add("other"));

      busy.release();
      Await.until(() -> done.size() == 101);
    }

    assertThat(done.indexOf("other")).isLessThan(2);
  }

  @Test
  void givenThatItIsClosedThenWorkIsRefused() {
    TurnTaking turns = new TurnTaking("turns");
    turns.close();

    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> turns.of("late").execute(() -> done.add("late")));
  }
}
