package io.github.kafkagan.generator;

import static io.github.kafkagan.generator.RunningService.PRESET;
import static io.github.kafkagan.generator.RunningService.checkpoint;
import static io.github.kafkagan.generator.rollout.TestManifests.inSlot;
import static io.github.kafkagan.generator.rollout.TestManifests.judged;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.generator.rollout.Serving;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.GenerationReply.Images;
import io.github.kafkagan.pipeline.contract.GenerationReply.Source;
import io.github.kafkagan.pipeline.observe.MetricNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which checkpoint a request's images come from, on a real broker. */
@Timeout(120)
@ExtendWith(OnOneBroker.class)
class CheckpointChoiceIT {
  private static final String SEVEN = "\"seed\": 7, \"labels\": [7], \"format\": \"u8\"";

  private final LocalBroker broker;

  CheckpointChoiceIT(LocalBroker broker) {
    this.broker = broker;
  }

  @Test
  void givenSeveralCheckpointsThenARequestCanChooseAmongThem() throws Exception {
    try (RunningService running = start(Serving.latest())) {
      Requester requester = running.requester();
      for (long version = 1; version <= 3; version++) {
        running.publish(version);
      }
      running.pipeline().publish(judged(inSlot(Slots.BEST, checkpoint(2)), 3.5));
      running.awaitSwaps("loaded", 1);

      requester.ask("pinned", SEVEN + ", \"checkpoint\": {\"step\": 100}");
      requester.ask("best", SEVEN + ", \"checkpoint\": \"best\"");
      requester.ask("latest", SEVEN + ", \"checkpoint\": \"latest\"");
      requester.ask("all", SEVEN + ", \"checkpoint\": \"all\"");
      requester.ask("gone", SEVEN + ", \"checkpoint\": {\"step\": 150}");

      Images pinned = requester.images("pinned");
      Images best = requester.images("best");
      Images latest = requester.images("latest");
      Images all = requester.images("all");
      assertThat(pinned.source().step()).isEqualTo(100);
      assertThat(pinned.source().offsets()).containsEntry(0, 6400L);
      assertThat(best.source().step()).isEqualTo(200);
      assertThat(latest.source().step()).isEqualTo(300);
      assertThat(all.checkpoints()).extracting(Source::step).containsExactly(100L, 200L, 300L);
      assertThat(all.images())
          .containsExactly(pinned.images().get(0), best.images().get(0), latest.images().get(0))
          .doesNotHaveDuplicates();
      assertThat(running.code("gone")).isEqualTo(ErrorCode.CHECKPOINT_GONE);
    }
  }

  @Test
  void givenARestartThenTheHistoryInTheTopicCanStillBeChosenFrom() throws Exception {
    try (RunningService running = start(Serving.latest())) {
      for (long version = 1; version <= 10; version++) {
        running
            .pipeline()
            .publish(inSlot(Slots.history((int) version % Slots.HISTORY), checkpoint(version)));
        running.pipeline().publish(checkpoint(version));
      }
      running.awaitServed(10);

      running.restart();
      Await.until(() -> running.swaps("loaded") == 7);

      running.requester().ask("third", SEVEN + ", \"checkpoint\": {\"step\": 300}");
      running.requester().ask("second", SEVEN + ", \"checkpoint\": {\"step\": 200}");
      assertThat(running.requester().images("third").source().step()).isEqualTo(300);
      assertThat(running.code("second")).isEqualTo(ErrorCode.CHECKPOINT_GONE);
      assertThat(running.gauge(MetricNames.GENERATOR_CHECKPOINT_STEP)).isEqualTo(1000);
    }
  }

  @Test
  void givenRequestsBeforeTheFirstCheckpointThenTheyWaitForItAsLongAsTheySay() throws Exception {
    try (RunningService running = start(Serving.latest())) {
      running.requester().ask("patient", SEVEN);
      running.requester().ask("ahead", SEVEN + ", \"checkpoint\": {\"minStep\": 200}");
      running.requester().ask("hasty", SEVEN + ", \"deadlineMs\": 700");
      assertThat(running.code("hasty")).isEqualTo(ErrorCode.NO_CHECKPOINT_YET);
      assertThat(running.requester().answered()).containsExactly("hasty");

      running.publish(1);
      assertThat(running.requester().images("patient").source().step()).isEqualTo(100);
      assertThat(running.requester().answered()).doesNotContain("ahead");

      running.publish(2);
      assertThat(running.requester().images("ahead").source().step()).isEqualTo(200);
    }
  }

  @Test
  void givenOnlyTheBestIsServedThenTheNewestIsNot() throws Exception {
    try (RunningService running = start(new Serving(Serving.Choice.best, 1))) {
      running.pipeline().publish(checkpoint(2));
      running.awaitSwaps("loaded", 1);
      assertThat(running.service().readiness().ready()).isFalse();

      running.pipeline().publish(judged(inSlot(Slots.BEST, checkpoint(1)), 4));
      running.awaitServed(1);
      running.requester().ask("served", SEVEN);

      assertThat(running.requester().images("served").source().step()).isEqualTo(100);
      // Requests are answered in a rebalance, too, if one follows on the first.
      Await.until(() -> running.service().readiness().ready());
    }
  }

  @Test
  void givenAGateThenAMuchWorseCheckpointIsHeldBackAndSaidSo() throws Exception {
    try (RunningService running = start(new Serving(Serving.Choice.gated, 1.5))) {
      running.pipeline().publish(judged(checkpoint(1), 4));
      running.pipeline().publish(judged(inSlot(Slots.BEST, checkpoint(1)), 4));
      running.awaitSwaps("loaded", 1);

      running.pipeline().publish(judged(checkpoint(2), 6.1));
      running.awaitSwaps("held-back", 1);
      assertThat(running.gauge(MetricNames.GENERATOR_HELD_BACK)).isEqualTo(1);
      running.requester().ask("meanwhile", SEVEN);
      assertThat(running.requester().images("meanwhile").source().step()).isEqualTo(100);

      running.pipeline().publish(judged(checkpoint(3), 5.9));
      running.awaitServed(3);
      assertThat(running.gauge(MetricNames.GENERATOR_HELD_BACK)).isZero();
    }
  }

  @Test
  void givenADiscriminatorThenImagesAreScoredAndPoorOnesMadeAgain() throws Exception {
    try (RunningService running = start(Serving.latest())) {
      Requester requester = running.requester();
      running.publish(1);
      requester.ask("early", SEVEN + ", \"score\": true");
      assertThat(running.code("early")).isEqualTo(ErrorCode.SCORE_UNAVAILABLE);

      running.pipeline().publish(Checkpoints.discriminator(TestPipeline.MODEL, PRESET, 1));
      running.publish(2);
      String thirty = "\"count\": 30, \"seed\": 7, \"labels\": [7], \"format\": \"u8\"";
      requester.ask("scored", thirty + ", \"score\": true");
      Images scored = requester.images("scored");
      float median = scored.scores().stream().sorted().toList().get(15);
      requester.ask("good", thirty + ", \"minScore\": " + median);
      Images good = requester.images("good");

      assertThat(scored.scores()).hasSize(30);
      assertThat(good.scores()).hasSize(30).allMatch(score -> score >= median);
      for (int image = 0; image < 30; image++) {
        if (scored.scores().get(image) >= median) {
          assertThat(good.images().get(image)).isEqualTo(scored.images().get(image));
        } else {
          assertThat(good.images().get(image)).isNotEqualTo(scored.images().get(image));
        }
      }
    }
  }

  private RunningService start(Serving serving) throws Exception {
    return new RunningService(broker.bootstrapServers(), serving);
  }
}
