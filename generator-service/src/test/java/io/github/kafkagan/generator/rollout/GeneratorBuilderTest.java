package io.github.kafkagan.generator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.generator.Await;
import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.observe.MetricNames;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class GeneratorBuilderTest {
  private static final int WARM_UP = 8;
  private static final long HOUR_MS = 3_600_000;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ServedModels models =
      new ServedModels(new ServedModels.Settings("digits", Serving.latest(), 3));
  private final Semaphore builds = new Semaphore(1000);
  private final List<Long> built = Collections.synchronizedList(new ArrayList<>());
  private final List<FakeGenerator> generators = Collections.synchronizedList(new ArrayList<>());
  private final GeneratorBuilder builder =
      new GeneratorBuilder(this::load, WARM_UP, models, new RolloutLog(registry, models));

  private ImageGenerator load(CheckpointSet set) {
    builds.acquireUninterruptibly();
    built.add(set.manifest().version());
    if (set.bytes()[0] < 0) {
      throw new IllegalArgumentException("no weights");
    }
    FakeGenerator generator = FakeGenerator.of(0);
    generators.add(generator);
    return generator;
  }

  @AfterEach
  void close() {
    builder.close();
    models.close();
  }

  @Test
  void givenACheckpointThenItIsWarmedUpAndServed() {
    builder.start();

    offer(3);

    assertThat(served()).isEqualTo(3);
    assertThat(generators.get(0).batches()).containsExactly(WARM_UP);
    assertThat(count(SwapOutcome.SERVED)).isEqualTo(1);
    assertThat(registry.get(MetricNames.GENERATOR_CHECKPOINT_STEP).gauge().value()).isEqualTo(300);
  }

  @Test
  void givenSeveralThatWaitThenOnlyTheNewestIsBuilt() {
    builds.drainPermits();
    builder.start();
    builder.offer(TestManifests.set("digits", 1));
    Await.until(() -> builds.hasQueuedThreads());
    for (long version = 2; version <= 9; version++) {
      builder.offer(TestManifests.set("digits", version));
    }

    builds.release(1000);
    Await.until(builder::idle);

    assertThat(built).containsExactly(1L, 9L);
    assertThat(served()).isEqualTo(9);
  }

  @Test
  void givenAnOlderVersionThenItIsNotServed() {
    builder.start();
    offer(5);

    offer(4);

    assertThat(served()).isEqualTo(5);
    assertThat(count(SwapOutcome.STALE)).isEqualTo(1);
  }

  @Test
  void givenTheSameVersionAgainThenNothingHappens() {
    builder.start();
    offer(5);

    offer(5);

    assertThat(built).containsExactly(5L);
    assertThat(count(SwapOutcome.STALE)).isZero();
  }

  @Test
  void givenAnotherTopicThenItsVersionsBeginAnew() {
    builder.start();
    offer(5);

    builder.startAnew();
    offer(1);

    assertThat(served()).isEqualTo(1);
  }

  @Test
  void givenACheckpointThatNoGeneratorComesOfThenTheOldOneStaysAndTheNextIsServed() {
    builder.start();
    offer(1);

    builder.offer(TestManifests.set("digits", 2, List.of(), new byte[] {-1}));
    Await.until(builder::idle);
    assertThat(served()).isEqualTo(1);
    assertThat(count(SwapOutcome.UNUSABLE)).isEqualTo(1);
    assertThat(generators.get(0).isClosed()).isFalse();

    offer(3);
    assertThat(served()).isEqualTo(3);
  }

  @Test
  void givenAnUselessCheckpointOfAFarVersionThenThoseThatAreLowerAreServedAllTheSame() {
    builder.start();
    offer(1);

    builder.offer(TestManifests.set("digits", 1_000_000, List.of(), new byte[] {-1}));
    Await.until(builder::idle);
    offer(2);

    assertThat(served()).isEqualTo(2);
    assertThat(count(SwapOutcome.UNUSABLE)).isEqualTo(1);
    assertThat(count(SwapOutcome.STALE)).isZero();
  }

  @Test
  void givenImagesFromTheFutureThenStalenessIsZeroRatherThanNegative() {
    builder.start();

    offer(TestManifests.seen(TestManifests.set("digits", 1), System.currentTimeMillis() + HOUR_MS));

    assertThat(registry.get(MetricNames.GENERATOR_STALENESS).gauge().value()).isZero();
  }

  @Test
  void givenTheHistoryThenItIsLoadedAfterTheNewestAndWhatIsLoadedAlreadyIsNotBuiltAgain() {
    builder.offer(TestManifests.inSlot("history-1", TestManifests.set("digits", 1)));
    builder.offer(TestManifests.inSlot("history-3", TestManifests.set("digits", 3)));
    builder.offer(TestManifests.inSlot("history-2", TestManifests.set("digits", 2)));
    builder.offer(TestManifests.set("digits", 3));
    assertThat(builder.idle()).isFalse();

    builder.start();

    // Counted last of all
    Await.until(() -> count(SwapOutcome.LOADED) == 2);
    assertThat(models.loaded("digits")).hasSize(3);
    assertThat(built).containsExactly(3L, 2L, 1L);
    assertThat(count(SwapOutcome.SERVED)).isEqualTo(1);
  }

  @Test
  void givenTheBestThenItIsLoadedForThoseWhoAskForIt() {
    builder.start();
    offer(2);

    builder.offer(TestManifests.inSlot(Slots.BEST, TestManifests.set("digits", 1)));
    Await.until(builder::idle);

    assertThat(models.best("digits").map(Manifest::version)).contains(1L);
    assertThat(served()).isEqualTo(2);
  }

  private void offer(long version) {
    offer(TestManifests.set("digits", version));
  }

  private void offer(CheckpointSet set) {
    builder.offer(set);
    Await.until(builder::idle);
  }

  private long served() {
    return models.manifest("digits").map(Manifest::version).orElse(-1L);
  }

  private double count(SwapOutcome outcome) {
    return registry
        .get(MetricNames.GENERATOR_SWAPS)
        .tag(MetricNames.OUTCOME, outcome.label())
        .counter()
        .count();
  }
}
