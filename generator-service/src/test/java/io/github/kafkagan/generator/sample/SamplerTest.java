package io.github.kafkagan.generator.sample;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kafkagan.gan.Latents;
import io.github.kafkagan.generator.Await;
import io.github.kafkagan.generator.rollout.Discriminators;
import io.github.kafkagan.generator.rollout.FakeGenerator;
import io.github.kafkagan.generator.rollout.FakeScorer;
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
  private static final SamplerSettings SETTINGS =
      new SamplerSettings(BATCH, Duration.ofMillis(25), Duration.ofSeconds(20));

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Semaphore permits = new Semaphore(0);
  private final FakeGenerator generator = FakeGenerator.waitingFor(permits, 10);
  private final ServedModels models = TestManifests.serving("digits", generator);
  private final Discriminators discriminators = TestManifests.discriminators();
  private final Sampler sampler = Sampler.start(SETTINGS, models, discriminators, registry);

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

    Sample first = submit("{\"count\": 2}").join();
    Sample again = submit(2, first.seed()).join();

    assertThat(again.pixels()).isEqualTo(first.pixels());
    assertThat(submit("{\"count\": 2}").join().seed()).isNotEqualTo(first.seed());
  }

  @Test
  void givenTruncationThenLatentVectorsShrink() {
    permits.release(1000);
    Sample sample =
        submit("{\"count\": 2, \"seed\": 1, \"labels\": [0], \"truncation\": 0}").join();

    assertThat(sample.image(0)).containsExactly(0, 1, 2, 3).isEqualTo(sample.image(1));
  }

  @Test
  void givenARequestThatNobodyWaitsForThenItIsNotMade() {
    CompletableFuture<Sample> first = submit(1, 1);
    Await.until(permits::hasQueuedThreads);
    CompletableFuture<Sample> abandoned =
        sampler.submit(Requests.of("{\"count\": 5}"), System.currentTimeMillis(), () -> true);
    CompletableFuture<Sample> next = submit(2, 1);

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

    assertThatThrownBy(() -> submit(2 * BATCH, 1).join())
        .isInstanceOf(CompletionException.class)
        .hasRootCauseMessage("out of luck");
    assertThat(submit(2, 1).join().count()).isEqualTo(2);
  }

  @Test
  void givenAModelThatIsNotThereThenThatIsSaidAtOnce() {
    assertThat(refusal(submit("{\"model\": \"cats\"}")).code()).isEqualTo(ErrorCode.UNKNOWN_MODEL);
  }

  @Test
  void givenLatentVectorsThenTheImagesAreTheirs() {
    permits.release(1000);
    Sample drawn = submit("{\"seed\": 42, \"labels\": [3]}").join();
    List<Float> vector = new ArrayList<>();
    for (float number : Latents.draw(42, 1, FakeGenerator.LATENT_SIZE)) {
      vector.add(number);
    }

    Sample given =
        submit("{\"latents\": [%s, %s], \"labels\": [3]}".formatted(vector, vector)).join();

    assertThat(given.image(0)).isEqualTo(drawn.image(0)).isEqualTo(given.image(1));
    assertThat(refusal(submit("{\"latents\": [[1, 2]]}")))
        .hasMessage("a latent vector of this model has 3 numbers, not 2")
        .extracting(RequestException::code)
        .isEqualTo(ErrorCode.LATENTS_MALFORMED);
  }

  @Test
  void givenAWayBetweenSeedsThenItsEndsAreTheSeedsImages() {
    permits.release(1000);

    Sample way =
        submit("{\"interpolate\": {\"from\": 1, \"to\": 2, \"frames\": 5}, \"labels\": [3]}")
            .join();

    assertThat(way.count()).isEqualTo(5);
    assertThat(way.image(0)).isEqualTo(submit("{\"seed\": 1, \"labels\": [3]}").join().image(0));
    assertThat(way.image(4)).isEqualTo(submit("{\"seed\": 2, \"labels\": [3]}").join().image(0));
    assertThat(way.image(2)).isNotEqualTo(way.image(0)).isNotEqualTo(way.image(4));
  }

  @Test
  void givenADeadlineThatPassesThenThatIsSaidThenAndTheImagesAreNotMade() {
    CompletableFuture<Sample> first = submit(1, 1);
    Await.until(permits::hasQueuedThreads);

    CompletableFuture<Sample> late = submit("{\"count\": 5, \"deadlineMs\": 50}");

    assertThat(refusal(late))
        .hasMessage("the images were not there within the request's 50 ms")
        .extracting(RequestException::code)
        .isEqualTo(ErrorCode.DEADLINE_MISSED);
    permits.release(1000);
    first.join();
    submit(2, 1).join();
    assertThat(generator.batches()).containsExactly(1, 2);
  }

  @Test
  void givenARequestThatIsOlderThanItsDeadlineThenItsImagesAreNotMade() {
    permits.release(1000);
    GenerationRequest request = Requests.of("{\"deadlineMs\": 1000}");

    CompletableFuture<Sample> late =
        sampler.submit(request, System.currentTimeMillis() - 1500, () -> false);

    assertThat(refusal(late).code()).isEqualTo(ErrorCode.DEADLINE_MISSED);
    CompletableFuture<Sample> fromTheFuture =
        sampler.submit(request, System.currentTimeMillis() + 1_000_000, () -> false);
    assertThat(fromTheFuture.join().count()).isEqualTo(1);
    assertThat(generator.batches()).containsExactly(1);
  }

  @Test
  void givenACheckpointThatIsToComeThenTheRequestWaitsForIt() {
    permits.release(1000);
    CompletableFuture<Sample> waiting = submit("{\"checkpoint\": {\"minStep\": 250}}");
    CompletableFuture<Sample> inVain =
        submit("{\"checkpoint\": {\"minStep\": 1000}, \"deadlineMs\": 300}");

    TestManifests.swap(models, 2, FakeGenerator.of(10));
    assertThat(waiting).isNotDone();
    TestManifests.swap(models, 3, FakeGenerator.of(10));

    assertThat(waiting.join().manifest().step()).isEqualTo(300);
    assertThat(refusal(inVain))
        .hasMessage("model digits has no checkpoint of step 1000 or later yet")
        .extracting(RequestException::code)
        .isEqualTo(ErrorCode.NO_CHECKPOINT_YET);
  }

  @Test
  void givenManyRequestsForACheckpointThatDoesNotComeThenTheLastGetTheirErrorAtOnce() {
    permits.release(1000);
    String json = "{\"checkpoint\": {\"minStep\": 1000}, \"deadlineMs\": 600000}";
    List<CompletableFuture<Sample>> waiting = new ArrayList<>();
    for (int i = 0; i < Waiting.MAX_REQUESTS; i++) {
      waiting.add(submit(json));
    }

    assertThat(refusal(submit(json)))
        .hasMessage("the checkpoint is not there yet, and too many requests wait for one already");
    assertThat(submit(1, 1).join().count()).isEqualTo(1);
    TestManifests.swap(models, 10, FakeGenerator.of(10));
    waiting.forEach(CompletableFuture::join);
    CompletableFuture<Sample> next = submit("{\"checkpoint\": {\"minStep\": 1001}}");
    assertThat(next).isNotDone();
    TestManifests.swap(models, 11, FakeGenerator.of(10));
    assertThat(next.join().manifest().step()).isEqualTo(1100);
  }

  @Test
  void givenScoresThenEachImageHasTheDiscriminatorsOpinionOfIt() {
    permits.release(1000);

    Sample scored = submit("{\"count\": 20, \"seed\": 1, \"score\": true}").join();

    assertThat(scored.scores()).hasSize(20);
    for (int image = 0; image < scored.count(); image++) {
      assertThat(scored.scores().get(image)).isEqualTo(FakeScorer.logit(scored.image(image)));
    }
    assertThat(submit(20, 1).join().scores()).isEmpty();
  }

  @Test
  void givenALeastScoreThenImagesBelowItAreMadeAgainWithTheirLabelsAndNothingElseMatters() {
    permits.release(1000);
    String json = "{\"count\": 20, \"seed\": 1, \"minScore\": 128}";

    Sample alone = submit(json).join();
    List<CompletableFuture<Sample>> crowd = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      crowd.add(submit(1 + i % 3, i));
      crowd.add(submit(json));
    }

    assertThat(alone.scores()).hasSize(20).allMatch(score -> score >= 128);
    Sample any = submit(20, 1).join();
    assertThat(alone.labels()).isEqualTo(any.labels());
    for (int image = 0; image < 20; image++) {
      if (FakeScorer.logit(any.image(image)) >= 128) {
        assertThat(alone.image(image)).isEqualTo(any.image(image));
      }
    }
    for (int i = 1; i < crowd.size(); i += 2) {
      assertThat(crowd.get(i).join().pixels()).isEqualTo(alone.pixels());
    }
  }

  @Test
  void givenAScoreThatIsNotReachedThenItIsSaidHowManyDid() {
    permits.release(1000);

    assertThat(refusal(submit("{\"count\": 3, \"minScore\": 256}")))
        .hasMessage("0 of 3 images reached minScore 256.0 within 16 attempts")
        .extracting(RequestException::code)
        .isEqualTo(ErrorCode.SCORE_NOT_REACHED);
    assertThat(generator.batches()).hasSize(16);
  }

  @Test
  void givenAModelWithoutADiscriminatorThenOnlyRequestsForScoresFail() {
    TestManifests.add(models, "faces", FakeGenerator.of(0));
    CompletableFuture<Sample> first = submit(1, 1);
    Await.until(permits::hasQueuedThreads);

    CompletableFuture<Sample> scored = submit("{\"model\": \"faces\", \"score\": true}");
    CompletableFuture<Sample> plain = submit("{\"model\": \"faces\"}");
    permits.release(1000);

    assertThat(refusal(scored).code()).isEqualTo(ErrorCode.SCORE_UNAVAILABLE);
    assertThat(plain.join().count()).isEqualTo(1);
    first.join();
  }

  private CompletableFuture<Sample> submit(int count, long seed) {
    return submit("{\"count\": %d, \"seed\": %d}".formatted(count, seed));
  }

  private CompletableFuture<Sample> submit(String json) {
    return sampler.submit(Requests.of(json), System.currentTimeMillis(), () -> false);
  }

  private static RequestException refusal(CompletableFuture<Sample> sample) {
    CompletionException failure = catchThrowableOfType(CompletionException.class, sample::join);
    return (RequestException) requireNonNull(failure.getCause());
  }
}
