package io.github.kafkagan.generator.sample;

import static io.github.kafkagan.generator.sample.RunningSampler.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.generator.Await;
import io.github.kafkagan.generator.rollout.FakeGenerator;
import io.github.kafkagan.generator.rollout.FakeScorer;
import io.github.kafkagan.generator.rollout.ServedModels;
import io.github.kafkagan.generator.rollout.TestManifests;
import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.RequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the discriminator thinks of a request's images. */
@Timeout(120)
class ScoresTest {
  private final RunningSampler running = new RunningSampler();
  private final Semaphore permits = running.permits();
  private final FakeGenerator generator = running.generator();
  private final ServedModels models = running.models();

  @AfterEach
  void close() {
    running.close();
  }

  @Test
  void givenScoresThenEachImageHasTheDiscriminatorsOpinionOfIt() {
    permits.release(1000);

    Sample scored = running.submit("{\"count\": 20, \"seed\": 1, \"score\": true}").join();

    assertThat(scored.scores()).hasSize(20);
    for (int image = 0; image < scored.count(); image++) {
      assertThat(scored.scores().get(image)).isEqualTo(FakeScorer.logit(scored.image(image)));
    }
    assertThat(running.submit(20, 1).join().scores()).isEmpty();
  }

  @Test
  void givenALeastScoreThenImagesBelowItAreMadeAgainWithTheirLabelsAndNothingElseMatters() {
    permits.release(1000);
    String json = "{\"count\": 20, \"seed\": 1, \"minScore\": 128}";

    Sample alone = running.submit(json).join();
    List<CompletableFuture<Sample>> crowd = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      crowd.add(running.submit(1 + i % 3, i));
      crowd.add(running.submit(json));
    }

    assertThat(alone.scores()).hasSize(20).allMatch(score -> score >= 128);
    Sample any = running.submit(20, 1).join();
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
  void givenAScoreThatAReplyToldThenItIsEnoughForItsImage() {
    permits.release(10_000);
    Sample scored = running.submit("{\"count\": 20, \"seed\": 1, \"score\": true}").join();

    List<Float> lower = scored.scores().stream().sorted().limit(10).toList();
    for (float told : lower) {
      int image = scored.scores().indexOf(told);
      Sample again =
          running.submit("{\"count\": 20, \"seed\": 1, \"minScore\": " + told + "}").join();
      assertThat(again.image(image)).as("score %s", told).isEqualTo(scored.image(image));
    }
  }

  @Test
  void givenAScoreThatIsNotReachedThenItIsSaidHowManyDid() {
    permits.release(1000);

    assertThat(refusal(running.submit("{\"count\": 3, \"minScore\": 256}")))
        .hasMessage("0 of 3 images reached minScore 256.0 within 16 attempts")
        .extracting(RequestException::code)
        .isEqualTo(ErrorCode.SCORE_NOT_REACHED);
    assertThat(generator.batches()).hasSize(16);
  }

  @Test
  void givenAModelWithoutADiscriminatorThenOnlyRequestsForScoresFail() {
    TestManifests.add(models, "faces", FakeGenerator.of(0));
    CompletableFuture<Sample> first = running.submit(1, 1);
    Await.until(permits::hasQueuedThreads);

    CompletableFuture<Sample> scored = running.submit("{\"model\": \"faces\", \"score\": true}");
    CompletableFuture<Sample> plain = running.submit("{\"model\": \"faces\"}");
    permits.release(1000);

    assertThat(refusal(scored).code()).isEqualTo(ErrorCode.SCORE_UNAVAILABLE);
    assertThat(plain.join().count()).isEqualTo(1);
    first.join();
  }
}
