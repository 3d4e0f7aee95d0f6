package io.github.kafkagan.generator;

import static io.github.kafkagan.generator.RunningService.PRESET;
import static io.github.kafkagan.generator.RunningService.checkpoint;
import static io.github.kafkagan.generator.TestPipeline.MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.gan.Generator;
import io.github.kafkagan.gan.checkpoint.Safetensors;
import io.github.kafkagan.gan.checkpoint.Snapshot;
import io.github.kafkagan.gan.network.GeneratorSpec;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.generator.rollout.Serving;
import io.github.kafkagan.generator.rollout.TestManifests;
import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.contract.GenerationReply.Images;
import io.github.kafkagan.pipeline.contract.TopicDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is served while checkpoints come, on a real broker, with generators that nobody trained. */
@Timeout(120)
@ExtendWith(OnOneBroker.class)
class RolloutIT {
  private final LocalBroker broker;
  private RunningService running;
  private TestPipeline pipeline;
  private Requester requester;

  RolloutIT(LocalBroker broker) {
    this.broker = broker;
  }

  @BeforeEach
  void startService() throws Exception {
    running = new RunningService(broker.bootstrapServers(), Serving.latest());
    pipeline = running.pipeline();
    requester = running.requester();
  }

  @AfterEach
  void stopService() {
    running.close();
  }

  @Test
  void givenRequestsBeforeDuringAndAfterSwapsThenEachGetsExactlyOneReply() {
    int asked = 0;
    for (int round = 0; round < 300; round++) {
      for (int i = 0; i < 3; i++) {
        requester.ask(Integer.toString(asked++), "\"format\": \"u8\"");
      }
      if (round % 20 == 10) {
        pipeline.publish(checkpoint(1 + round / 20));
      }
      requester.poll();
    }
    running.awaitServed(15);
    requester.ask(Integer.toString(asked++), "\"format\": \"u8\"");
    int all = asked;
    Await.until(
        () -> {
          requester.poll();
          return requester.answered().size() == all;
        });
    requester.ask("last", "");
    requester.reply("last");

    assertThat(requester.answeredTwice()).isEmpty();
    Set<Long> steps =
        requester.all().stream()
            .map(reply -> ((Images) reply).source().step())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(steps).hasSizeGreaterThan(3).contains(1500L);
    assertThat(running.swaps("unusable") + running.swaps("broken") + running.swaps("stale"))
        .isZero();
  }

  @Test
  void givenCheckpointsThatAreNotWholeOrNoGeneratorsThenTheyAreNeverServed() {
    running.publish(1);

    flipAByte(2);
    running.awaitSwaps("broken", 1);
    leaveOutAChunk(3);
    running.awaitSwaps("broken", 2);
    pipeline.abort(checkpoint(4));
    pipeline.publish(notANumber(5));
    running.awaitSwaps("unusable", 1);
    pipeline.publish(weightsOfAnother(6));
    running.awaitSwaps("unusable", 2);
    pipeline.publish(TestManifests.set(MODEL, 7, Map.of("layers", "none"), new byte[100]));
    running.awaitSwaps("unusable", 3);
    requester.ask("meanwhile", "");
    assertThat(requester.images("meanwhile").source().step()).isEqualTo(100);
    assertThat(running.swaps("served")).isEqualTo(1);

    running.publish(8);
    requester.ask("afterwards", "");
    assertThat(requester.images("afterwards").source().step()).isEqualTo(800);
  }

  @Test
  void givenASecondModelThenBothAreServed() {
    running.publish(1);
    pipeline.publish(Checkpoints.of("faces", Preset.named("mlp-1024"), 3));
    Await.until(() -> running.swaps("served") == 2);

    requester.ask("digits", "");
    requester.ask("faces", "\"model\": \"faces\"");

    assertThat(requester.images("digits").source().step()).isEqualTo(100);
    assertThat(requester.images("faces").source().step()).isEqualTo(300);
    assertThat(requester.images("faces").labels()).isEmpty();
  }

  @Test
  void givenACheckpointsTopicThatIsCreatedAnewThenItsCheckpointsAreServed() throws Exception {
    running.publish(5);
    TopicDefinition checkpoints = pipeline.topics().checkpoints();

    pipeline.delete(checkpoints.name());
    Await.until(() -> !running.service().readiness().ready());
    requester.ask("without", "");
    assertThat(requester.images("without").source().step()).isEqualTo(500);
    pipeline.create(checkpoints.name(), 1, checkpoints.settings());
    running.publish(1);

    requester.ask("anew", "");
    assertThat(requester.images("anew").source().step()).isEqualTo(100);
    Await.until(() -> running.service().readiness().ready());
  }

  private void flipAByte(long version) {
    List<ProducerRecord<byte[], byte[]>> records = pipeline.records(checkpoint(version));
    records.get(0).value()[5_000] ^= 1;
    pipeline.publish(records);
  }

  private void leaveOutAChunk(long version) {
    List<ProducerRecord<byte[], byte[]>> records =
        new ArrayList<>(pipeline.records(checkpoint(version)));
    records.remove(0);
    pipeline.publish(records);
  }

  private static CheckpointSet notANumber(long version) {
    GeneratorSpec spec = PRESET.generatorSpec();
    Snapshot snapshot = Generator.untrained(spec, version);
    snapshot.tensors().values().iterator().next().values()[0] = Float.NaN;
    return Checkpoints.of(MODEL, spec, version, Safetensors.encode(snapshot));
  }

  private static CheckpointSet weightsOfAnother(long version) {
    byte[] weights = Generator.untrained(Preset.named("mlp-1024").generatorSpec(), 1).encode();
    return Checkpoints.of(MODEL, PRESET.generatorSpec(), version, weights);
  }
}
