package io.github.kafkagan.generator.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kafkagan.generator.Await;
import io.github.kafkagan.generator.rollout.FakeGenerator;
import io.github.kafkagan.generator.rollout.ServedModels;
import io.github.kafkagan.generator.rollout.TestManifests;
import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.GenerationRequest;
import io.github.kafkagan.pipeline.contract.RequestException;
import io.github.kafkagan.pipeline.observe.MetricNames;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SamplerTest {
  private static final int BATCH = 8;
  private static final SamplerSettings SETTINGS = new SamplerSettings(BATCH, Duration.ofMillis(25));

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Semaphore permits = new Semaphore(0);
  private final FakeGenerator generator = FakeGenerator.waitingFor(permits, 10);
  private final ServedModels models = TestManifests.serving("digits", generator);
  private final Sampler sampler = Sampler.start(SETTINGS, models, registry);

  @AfterEach
  void close() {
    permits.release(1000);
    sampler.close();
    models.close();
    assertThat(generator.isClosed()).isTrue();
  }

  @Test
  void givenRequestsWhileABatchIsMadeThenTheyShareTheNext() {
    CompletableFuture<Sample> first = submit(1, 1);
    Await.until(permits::hasQueuedThreads);
    List<CompletableFuture<Sample>> others = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      others.add(submit(1, i));
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
    Sample alone = submit(2, 42).join();
    CompletableFuture<Sample> blocking = submit(1, 0);
    Await.until(permits::hasQueuedThreads);

    List<CompletableFuture<Sample>> among = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      submit(1 + i % 3, 1000 + i);
      among.add(submit(i % 10 == 0 ? 3 * BATCH : 2, 42));
    }
    permits.release(1000);
    blocking.join();

    for (CompletableFuture<Sample> probe : among) {
      Sample sample = probe.join();
      assertThat(sample.image(0)).isEqualTo(alone.image(0));
      assertThat(sample.image(1)).isEqualTo(alone.image(1));
      assertThat(sample.labels().subList(0, 2)).isEqualTo(alone.labels());
    }
    assertThat(submit(2, 43).join().image(0)).isNotEqualTo(alone.image(0));
  }

  @Test
  void givenALargeRequestThenASmallOneBehindItIsNotHeldUp() {
    CompletableFuture<Sample> large = submit(10 * BATCH, 1);
    Await.until(permits::hasQueuedThreads);
    CompletableFuture<Sample> small = submit(1, 2);

    permits.release(3);
    small.join();

    assertThat(large).isNotDone();
    permits.release(1000);
    assertThat(large.join().count()).isEqualTo(10 * BATCH);
  }

  @Test
  void givenSeveralLargeRequestsThenOneIsMadeAfterTheOther() {
    CompletableFuture<Sample> first = submit(3 * BATCH, 1);
    CompletableFuture<Sample> second = submit(3 * BATCH, 2);

    permits.release(3);
    first.join();

    assertThat(second).isNotDone();
    permits.release(3);
    second.join();
    assertThat(generator.batches()).containsOnly(BATCH);
  }

  @Test
  void givenASwapThenAStartedRequestKeepsItsGeneratorAndTheNextGetsTheNewOne() {
    CompletableFuture<Sample> before = submit(3 * BATCH, 1);
    Await.until(permits::hasQueuedThreads);
    FakeGenerator fresh = FakeGenerator.of(10);

    TestManifests.swap(models, 2, fresh);
    CompletableFuture<Sample> after = submit(1, 1);
    assertThat(generator.isClosed()).isFalse();
    permits.release(1000);

    assertThat(before.join().manifest().version()).isEqualTo(1);
    assertThat(after.join().manifest().version()).isEqualTo(2);
    assertThat(fresh.batches()).containsExactly(1);
    Await.until(generator::isClosed);
  }

  @Test
  void givenNoSeedThenOneIsDrawnAndTold() {
    permits.release(1000);

    Sample first = sampler.submit(GenerationRequest.of("a", 2), () -> false).join();
    Sample again = submit(2, first.seed()).join();

    assertThat(again.pixels()).isEqualTo(first.pixels());
    assertThat(sampler.submit(GenerationRequest.of("b", 2), () -> false).join().seed())
        .isNotEqualTo(first.seed());
  }

  @Test
  void givenTruncationThenLatentVectorsShrink() {
    permits.release(1000);
    GenerationRequest none = new GenerationRequest(null, null, 2, 1L, List.of(0), 0, null);

    Sample sample = sampler.submit(none, () -> false).join();

    assertThat(sample.image(0)).containsExactly(0, 1, 2, 3).isEqualTo(sample.image(1));
  }

  @Test
  void givenARequestThatNobodyWaitsForThenItIsNotMade() {
    CompletableFuture<Sample> first = submit(1, 1);
    Await.until(permits::hasQueuedThreads);
    CompletableFuture<Sample> abandoned =
        sampler.submit(GenerationRequest.of("gone", 5), () -> true);
    CompletableFuture<Sample> next = submit(2, 1);

    permits.release(1000);
    first.join();
    next.join();

    assertThat(generator.batches()).containsExactly(1, 2);
    assertThat(abandoned).isCancelled();
  }

  @Test
  void givenAGeneratorThatFailsThenItsRequestsFailAndTheNextAreMade() {
    permits.release(1000);
    TestManifests.swap(models, 2, FakeGenerator.failingOnce());

    assertThatThrownBy(() -> submit(2 * BATCH, 1).join())
        .isInstanceOf(CompletionException.class)
        .hasRootCauseMessage("out of luck");
    assertThat(submit(2, 1).join().count()).isEqualTo(2);
  }

  @Test
  void givenAModelThatIsNotThereThenThatIsSaidAtOnce() {
    GenerationRequest request = new GenerationRequest(null, "cats", 1, null, List.of(), 1, null);

    assertThatThrownBy(() -> sampler.submit(request, () -> false))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_MODEL));
  }

  private CompletableFuture<Sample> submit(int count, long seed) {
    return sampler.submit(
        new GenerationRequest(null, null, count, seed, List.of(), 1, null), () -> false);
  }
}
