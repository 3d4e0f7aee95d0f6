package io.github.kafkagan.generator.sample;

import static io.github.kafkagan.generator.sample.RunningSampler.BATCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kafkagan.generator.Await;
import io.github.kafkagan.generator.rollout.FakeGenerator;
import io.github.kafkagan.generator.rollout.ServedModels;
import io.github.kafkagan.generator.rollout.TestManifests;
import io.github.kafkagan.pipeline.observe.MetricNames;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How requests share batches. */
@Timeout(120)
class SamplerTest {
  private final RunningSampler running = new RunningSampler();
  private final Semaphore permits = running.permits();
  private final FakeGenerator generator = running.generator();
  private final ServedModels models = running.models();
  private final SimpleMeterRegistry registry = running.registry();

  @AfterEach
  void close() {
    running.close();
  }

  @Test
  void givenRequestsWhileABatchIsMadeThenTheyShareTheNext() {
    CompletableFuture<Sample> first = running.submit(1, 1);
    Await.until(permits::hasQueuedThreads);
    List<CompletableFuture<Sample>> others = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      others.add(running.submit(1, i));
    }

    permits.release(1000);
    first.join();
    others.forEach(CompletableFuture::join);

    assertThat(generator.batches()).containsExactly(1, BATCH);
    assertThat(registry.get(MetricNames.GENERATOR_IMAGES).counter().count()).isEqualTo(1 + BATCH);
  }

  @Test
  void givenACrowdThenASeedsImagesAreThoseItHasAlone() {
    permits.release(1);
    Sample alone = running.submit(2, 42).join();
    CompletableFuture<Sample> blocking = running.submit(1, 0);
    Await.until(permits::hasQueuedThreads);

    List<CompletableFuture<Sample>> among = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      running.submit(1 + i % 3, 1000 + i);
      among.add(running.submit(i % 10 == 0 ? 3 * BATCH : 2, 42));
    }
    permits.release(1000);
    blocking.join();

    for (CompletableFuture<Sample> probe : among) {
      Sample sample = probe.join();
      assertThat(sample.image(0)).isEqualTo(alone.image(0));
      assertThat(sample.image(1)).isEqualTo(alone.image(1));
      assertThat(sample.labels().subList(0, 2)).isEqualTo(alone.labels());
    }
    assertThat(running.submit(2, 43).join().image(0)).isNotEqualTo(alone.image(0));
  }

  @Test
  void givenALargeRequestThenASmallOneBehindItIsNotHeldUp() {
    CompletableFuture<Sample> large = running.submit(10 * BATCH, 1);
    Await.until(permits::hasQueuedThreads);
    CompletableFuture<Sample> small = running.submit(1, 2);

    permits.release(3);
    small.join();

    assertThat(large).isNotDone();
    permits.release(1000);
    assertThat(large.join().count()).isEqualTo(10 * BATCH);
  }

  @Test
  void givenSeveralLargeRequestsThenOneIsMadeAfterTheOther() {
    CompletableFuture<Sample> first = running.submit(3 * BATCH, 1);
    CompletableFuture<Sample> second = running.submit(3 * BATCH, 2);

    permits.release(3);
    first.join();

    assertThat(second).isNotDone();
    permits.release(3);
    second.join();
    assertThat(generator.batches()).containsOnly(BATCH);
  }

  @Test
  void givenACrowdOfOneClientsRequestsThenAnothersIsInTheNextBatch() {
    running.submit(1, 1);
    Await.until(permits::hasQueuedThreads);
    List<CompletableFuture<Sample>> crowd = new ArrayList<>();
    for (int i = 0; i < 100 * BATCH; i++) {
      crowd.add(running.submit("busy", 1));
    }
    CompletableFuture<Sample> other = running.submit("other", 1);

    permits.release(2);
    other.join();

    assertThat(crowd.stream().filter(CompletableFuture::isDone).count()).isLessThan(BATCH);
  }

  @Test
  void givenLargeRequestsOfOneClientThenAnothersIsMadeByTurns() {
    List<CompletableFuture<Sample>> crowd = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      crowd.add(running.submit("busy", 2 * BATCH));
    }
    CompletableFuture<Sample> other = running.submit("other", 2 * BATCH);

    permits.release(5);
    other.join();

    assertThat(crowd.stream().filter(CompletableFuture::isDone).count()).isLessThan(3);
  }

  @Test
  void givenASwapThenAStartedRequestKeepsItsGeneratorAndTheNextGetsTheNewOne() {
    CompletableFuture<Sample> before = running.submit(3 * BATCH, 1);
    Await.until(permits::hasQueuedThreads);
    FakeGenerator fresh = FakeGenerator.of(10);

    TestManifests.swap(models, 2, fresh);
    CompletableFuture<Sample> after = running.submit(1, 1);
    assertThat(generator.isClosed()).isFalse();
    permits.release(1000);

    assertThat(before.join().manifest().version()).isEqualTo(1);
    assertThat(after.join().manifest().version()).isEqualTo(2);
    assertThat(fresh.batches()).containsExactly(1);
    Await.until(generator::isClosed);
  }

  @Test
  void givenARequestThatNobodyWaitsForThenItIsNotMade() {
    CompletableFuture<Sample> first = running.submit(1, 1);
    Await.until(permits::hasQueuedThreads);
    CompletableFuture<Sample> abandoned =
        running
            .sampler()
            .submit(
                Requests.of("{\"count\": 5}"),
                System.currentTimeMillis(),
                new Client("gone", () -> true));
    CompletableFuture<Sample> next = running.submit(2, 1);

    permits.release(1000);
    first.join();
    next.join();

    assertThat(generator.batches()).containsExactly(1, 2);
    assertThat(abandoned).isCompletedExceptionally();
  }

  @Test
  void givenAGeneratorThatFailsThenItsRequestsFailAndTheNextAreMade() {
    permits.release(1000);
    TestManifests.swap(models, 2, FakeGenerator.failingOnce());

    assertThatThrownBy(() -> running.submit(2 * BATCH, 1).join())
        .isInstanceOf(CompletionException.class)
        .hasRootCauseMessage("out of luck");
    assertThat(running.submit(2, 1).join().count()).isEqualTo(2);
  }
}
