package io.github.kafkagan.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kafkagan.broker.JavaProcess;
import io.github.kafkagan.gan.checkpoint.Snapshot;
import io.github.kafkagan.gan.checkpoint.Tensor;
import io.github.kafkagan.gan.quality.Figure;
import io.github.kafkagan.pipeline.checkpoint.CheckpointRecords;
import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.checkpoint.ModelCheckpoints;
import io.github.kafkagan.pipeline.checkpoint.Sha256;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.conformance.ContractSchema;
import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.contract.TopicDefinition;
import io.github.kafkagan.pipeline.contract.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The trainer as a process judges what it trains, on a real broker. */
@ExtendWith(OnOneBroker.class)
class EvaluationIT {
  private static final int BATCH = 64;
  private static final int STEPS = 80;
  private static final int IMAGES = BATCH * STEPS;
  private static final ContractSchema EVENT = ContractSchema.trainingEvent();

  private final TestTrainers trainers;
  private final TestStream stream;

  EvaluationIT(TestTrainers trainers) {
    this.trainers = trainers;
    stream = trainers.stream();
  }

  @BeforeEach
  void fillTopics() throws Exception {
    stream.create(stream.topics().images());
    stream.produce(0, IMAGES);
  }

  @Test
  void anEvaluationIsInTheEventsTheManifestsAndTheBestSlots() throws Exception {
    try (JavaProcess trainer = start("--until", "images=" + IMAGES)) {
      assertThat(trainer.exitCode()).as(trainer.log()).isZero();
      assertThat(trainer.log()).contains("Classifier trained").contains("Generator evaluated");
    }

    JsonNode event = event("evaluation");
    assertThat(event.path("figures").path(Figure.FRECHET_DISTANCE.key()).asDouble()).isPositive();
    assertThat(event.path("classShares")).hasSize(TestStream.CLASSES);
    Manifest best =
        held(stream.topics().checkpoints()).slot(Slots.BEST).complete().get().manifest();
    Manifest latest =
        held(stream.topics().checkpoints()).slot(Slots.LATEST).complete().get().manifest();
    assertThat(best.quality())
        .containsKeys(Figure.FRECHET_DISTANCE.key(), Figure.DISCRIMINATOR_ACCURACY.key());
    assertThat(latest.quality()).containsEntry("evaluatedStep", (double) latest.step());
    ModelCheckpoints states = held(stream.topics().trainerState());
    assertThat(states.slot(Slots.BEST_STATE).complete().get().manifest().quality())
        .isEqualTo(best.quality());

    // A restart has the classifier, and need not train one.
    stream.produce(IMAGES, IMAGES + BATCH * 4);
    try (JavaProcess again = start("--until", "images=" + (IMAGES + BATCH * 4))) {
      assertThat(again.exitCode()).as(again.log()).isZero();
      assertThat(again.log().split("Classifier trained", -1)).hasSize(2);
      assertThat(again.log().split("Generator evaluated", -1)).hasSizeGreaterThan(2);
    }
  }

  @Test
  void aCollapseRollsBackToTheBestStateAndGoesOnFromThePresentImages() throws Exception {
    // Given a model with a best state, and a newer state that cannot be trained on
    try (JavaProcess trainer = start("--until", "images=" + IMAGES)) {
      assertThat(trainer.exitCode()).as(trainer.log()).isZero();
    }
    CheckpointSet best =
        held(stream.topics().trainerState()).slot(Slots.BEST_STATE).complete().orElseThrow();
    poisonState();
    stream.produce(IMAGES, IMAGES + BATCH * 4);

    // When training goes on
    long end = IMAGES + BATCH * 4;
    try (JavaProcess trainer = start("--on-collapse=rollback", "--state-every=200ms")) {
      trainers.awaitState("digits", saved -> saved.nextPosition() == end && saved.step() < STEPS);
      assertThat(trainer.terminate()).as(trainer.log()).isZero();
      assertThat(trainer.log()).contains("Training has collapsed").contains("Model rolled back");
    }

    // Then it went back to the best weights, but not to the images they were trained on
    assertThat(event("collapse").path("action").asText()).isEqualTo("rollback");
    CheckpointSet state =
        held(stream.topics().trainerState()).slot(Slots.STATE).complete().orElseThrow();
    assertThat(state.manifest().step()).isEqualTo(best.manifest().step() + 3);
    assertThat(state.manifest().nextPosition()).isEqualTo(end);
    assertThat(Snapshot.decode(state.bytes()).metadata().get("seed"))
        .isNotEqualTo(Snapshot.decode(best.bytes()).metadata().get("seed"));
  }

  @Test
  void withoutRollbackTheRunEndsAndNothingOfTheCollapseIsPublished() throws Exception {
    try (JavaProcess trainer = start("--until", "images=" + BATCH * 20)) {
      assertThat(trainer.exitCode()).as(trainer.log()).isZero();
    }
    poisonState();
    long newest = held(stream.topics().trainerState()).newestVersion();

    try (JavaProcess trainer = start()) {
      assertThat(trainer.exitCode()).as(trainer.log()).isEqualTo(1);
      assertThat(trainer.log())
          .contains("error: training collapsed at step 21: losses are not finite")
          .doesNotContain("\tat ");
    }
    assertThat(held(stream.topics().trainerState()).newestVersion()).isEqualTo(newest);
    assertThat(held(stream.topics().checkpoints()).newestVersion()).isLessThan(newest);
  }

  @Test
  void withoutLabelsItSaysWhatIsLeftOut() throws Exception {
    TopicDefinition images = new Topics("bare.").images();
    TestStream bare = new TestStream(stream.bootstrapServers(), new Topics("bare."));
    bare.create(images);
    try (Producer<byte[], byte[]> producer = bare.producer()) {
      for (int position = 0; position < BATCH * 4; position++) {
        var record = bare.image(position, TestStream.IMAGE_BYTES);
        record.headers().remove("label");
        var unused = producer.send(record);
      }
    }

    try (JavaProcess trainer =
        start(
            new TestTrainers(bare, trainers.folder()),
            "--preset",
            "mlp-128",
            "--until",
            "images=" + BATCH * 4)) {
      assertThat(trainer.exitCode()).as(trainer.log()).isZero();
      assertThat(trainer.log()).contains("Some figures are left out").contains("without labels");
    }
    assertThat(event(bare, "evaluation").path("figures").has(Figure.NEAREST_IMAGE_DISTANCE.key()))
        .isTrue();
  }

  /** Saves the newest state again, its weights so large that no loss is a number. */
  private void poisonState() throws Exception {
    TopicDefinition topic = stream.topics().trainerState();
    ModelCheckpoints held = held(topic);
    CheckpointSet newest = held.slot(Slots.STATE).complete().orElseThrow();
    Snapshot state = Snapshot.decode(newest.bytes());
    Map<String, Tensor> tensors = new TreeMap<>();
    state.tensors().forEach((name, tensor) -> tensors.put(name, enormous(tensor)));
    byte[] bytes = new Snapshot(tensors, state.metadata()).encode();
    CheckpointSet poisoned =
        new CheckpointSet(newest(newest.manifest(), held.newestVersion() + 100, bytes), bytes);
    try (Producer<byte[], byte[]> producer = stream.producer()) {
      for (var record : CheckpointRecords.of(topic.name(), poisoned, 0)) {
        producer.send(record).get();
      }
    }
  }

  private static Tensor enormous(Tensor tensor) {
    float[] values = new float[tensor.values().length];
    Arrays.fill(values, 1e30f);
    return new Tensor(tensor.shape(), values);
  }

  private static Manifest newest(Manifest of, long version, byte[] bytes) {
    ObjectNode json = (ObjectNode) Json.tree(of);
    json.put("version", version)
        .put("bytes", bytes.length)
        .put("chunks", CheckpointRecords.chunks(bytes.length))
        .put("sha256", Sha256.of(bytes));
    return Json.value(json, Manifest.class);
  }

  private JsonNode event(String type) {
    return event(stream, type);
  }

  private static JsonNode event(TestStream stream, String type) {
    return Json.read(
        Objects.requireNonNull(
            stream
                .await(
                    stream.topics().training(),
                    record ->
                        new String(EVENT.require(record.value()), UTF_8)
                            .contains("\"type\":\"" + type + "\""))
                .value()),
        JsonNode.class);
  }

  private ModelCheckpoints held(TopicDefinition topic) {
    try (Consumer<byte @Nullable [], byte @Nullable []> consumer = stream.consumer()) {
      return ModelCheckpoints.read(consumer, topic.name(), "digits");
    }
  }

  private JavaProcess start(String... options) {
    return start(trainers, options);
  }

  private static JavaProcess start(TestTrainers trainers, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--evaluate-every=200ms",
                "--evaluate-images=128",
                "--evaluate-images-at-end=256",
                "--classifier-batches=10"));
    all.addAll(List.of(options));
    return trainers.start("digits", all.toArray(String[]::new));
  }
}
