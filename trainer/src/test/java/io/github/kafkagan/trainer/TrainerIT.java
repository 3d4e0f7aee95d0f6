package io.github.kafkagan.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.pipeline.checkpoint.ModelCheckpoints;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.contract.Rejection;
import io.github.kafkagan.pipeline.contract.SampleRecord;
import io.github.kafkagan.pipeline.contract.TopicDefinition;
import io.github.kafkagan.pipeline.contract.Topics;
import io.github.kafkagan.pipeline.process.Cli;
import io.github.kafkagan.pipeline.process.StopSignal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The trainer as a process, on a real broker. */
class TrainerIT {
  private static final int BATCH = 64;

  @TempDir private static Path brokerFolder;
  private static LocalBroker broker;

  @TempDir private Path folder;
  private TestStream stream;

  @BeforeAll
  static void startBroker() {
    broker = LocalBroker.start(brokerFolder);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void ownTopics(TestInfo test) {
    String prefix = test.getTestMethod().orElseThrow().getName() + ".";
    stream = new TestStream(broker.bootstrapServers(), new Topics(prefix));
  }

  @Test
  void aKilledRunEndsWithTheWeightsOfOneThatWasNot() throws Exception {
    // Given a stream, and a run on it that is not disturbed
    int images = BATCH * 100;
    stream.create(stream.topics().images());
    stream.produce(0, images);
    try (TrainerProcess calm = start("calm", "--threads", "1")) {
      awaitImages("calm", images);
      assertThat(calm.terminate()).as(calm.log()).isZero();
    }

    // When another run is killed again and again, some steps after it saved its state
    Random random = new Random(7);
    for (int kill = 0; kill < 3; kill++) {
      long version = held("killed", stream.topics().checkpoints()).newestVersion();
      try (TrainerProcess killed = startKillable("killed", random.nextInt(300, 900) + "ms")) {
        long saved = awaitState("killed", manifest -> manifest.version() > version).version();
        int more = 1 + random.nextInt(4);
        await("killed", manifest -> manifest.version() >= saved + more);
        killed.kill();
      }
    }
    try (TrainerProcess last = startKillable("killed", "60s")) {
      awaitImages("killed", images);
      assertThat(last.terminate()).as(last.log()).isZero();

      // Then it did resume, and nothing tells the two apart
      assertThat(last.log()).contains("Model restored");
    }
    Manifest calm = state("calm");
    Manifest killed = state("killed");
    assertThat(killed.step()).isEqualTo(calm.step()).isEqualTo(100);
    assertThat(killed.offsets()).isEqualTo(calm.offsets());
    assertThat(killed.sha256()).isEqualTo(calm.sha256());
  }

  @Test
  void aRecordThatIsNoImageIsKeptAsideAndTrainingGoesOn() throws Exception {
    stream.create(stream.topics().images());
    String topic = stream.topics().images().name();
    try (Producer<byte[], byte[]> producer = stream.producer()) {
      producer.send(
          new ProducerRecord<>(topic, 2, "odd".getBytes(UTF_8), "no image".getBytes(UTF_8)));
    }
    stream.produce(0, BATCH * 2);

    try (TrainerProcess trainer = start("digits")) {
      awaitImages("digits", BATCH * 2);
      ConsumerRecord<byte @Nullable [], byte @Nullable []> rejected =
          stream.await(stream.topics().rejected(), record -> true);

      assertThat(rejected.key()).isEqualTo("odd".getBytes(UTF_8));
      assertThat(rejected.value()).isEqualTo("no image".getBytes(UTF_8));
      assertThat(header(rejected, Rejection.TOPIC)).isEqualTo(topic);
      assertThat(header(rejected, Rejection.PARTITION)).isEqualTo("2");
      assertThat(header(rejected, Rejection.OFFSET)).isEqualTo("0");
      assertThat(header(rejected, Rejection.REASON))
          .isEqualTo("an image has 784 bytes, this has 8");
      assertThat(trainer.alive()).isTrue();
    }
  }

  @Test
  void aNewerTrainerTakesOverAndTheOlderEndsWithItsOwnCode() throws Exception {
    stream.create(stream.topics().images());
    stream.produce(0, BATCH);
    try (TrainerProcess older = start("digits")) {
      awaitImages("digits", BATCH);
      try (TrainerProcess newer = start("digits")) {
        stream.await(
            stream.topics().trainerState(),
            record -> record.offset() > 1 && key(record).equals("digits/owner"));
        stream.produce(BATCH, BATCH * 4);

        assertThat(older.exitCode()).as(older.log()).isEqualTo(3);
        assertThat(older.log()).contains("error: a newer trainer").doesNotContain("\tat ");
        awaitImages("digits", BATCH * 4);
        assertThat(newer.terminate()).as(newer.log()).isZero();
      }
    }
  }

  @Test
  void eachGeneratorComesWithItsContactSheet() throws Exception {
    stream.create(stream.topics().images());
    stream.produce(0, BATCH);
    try (TrainerProcess trainer = start("digits")) {
      Manifest manifest = awaitImages("digits", BATCH);
      ConsumerRecord<byte @Nullable [], byte @Nullable []> sample =
          stream.await(stream.topics().samples(), record -> true);

      assertThat(header(sample, SampleRecord.STEP)).isEqualTo(Long.toString(manifest.step()));
      assertThat(header(sample, SampleRecord.IMAGES)).isEqualTo(Integer.toString(BATCH));
      byte[] png = Objects.requireNonNull(sample.value());
      assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isEqualTo(298);
      assertThat(trainer.terminate()).as(trainer.log()).isZero();
    }
  }

  @Test
  void aRunWithAGoalEndsThereWithEverythingSaved() throws Exception {
    stream.create(stream.topics().images());
    stream.produce(0, BATCH * 5);

    try (TrainerProcess trainer = start("digits", "--until", "images=" + BATCH * 3)) {
      assertThat(trainer.exitCode()).as(trainer.log()).isZero();
    }
    assertThat(state("digits").step()).isEqualTo(3);
    assertThat(state("digits").nextPosition()).isEqualTo(BATCH * 3);
    try (TrainerProcess again = start("digits", "--until", "images=" + BATCH * 3)) {
      assertThat(again.exitCode()).as(again.log()).isZero();
    }
    assertThat(state("digits").step()).isEqualTo(3);
  }

  @Test
  void aGeneratorLeavesKafkaAndComesBackAsItWas() throws Exception {
    stream.create(stream.topics().images());
    stream.produce(0, BATCH);
    try (TrainerProcess trainer = start("digits", "--until", "images=" + BATCH)) {
      assertThat(trainer.exitCode()).as(trainer.log()).isZero();
    }
    Path file = folder.resolve("digits.safetensors");

    assertThat(tool("export", "--model", "digits", file.toString())).isZero();
    assertThat(tool("import", "--model", "copy", file.toString())).isZero();

    Manifest original = newest("digits");
    Manifest copy = newest("copy");
    assertThat(copy.sha256()).isEqualTo(original.sha256());
    assertThat(copy.spec()).isEqualTo(original.spec());
    assertThat(copy.offsets()).isEqualTo(original.offsets());
    assertThat(tool("inspect", "--model", "copy")).isZero();
    assertThat(tool("inspect", "--model", "nobody")).isEqualTo(1);
    Files.write(file, new byte[] {1, 2, 3});
    assertThat(tool("import", "--model", "copy", file.toString())).isEqualTo(2);
  }

  @Test
  void anUnlabelledStreamIsAUsageErrorForAConditionalPreset() throws Exception {
    stream.create(stream.topics().images());
    try (Producer<byte[], byte[]> producer = stream.producer()) {
      producer.send(
          new ProducerRecord<>(stream.topics().images().name(), new byte[TestStream.IMAGE_BYTES]));
    }

    try (TrainerProcess trainer = start("digits")) {
      assertThat(trainer.exitCode()).as(trainer.log()).isEqualTo(2);
      assertThat(trainer.log()).contains("have no labels").doesNotContain("\tat ");
    }
  }

  @Test
  void aStateTopicThatIsNotCompactedIsRefused() throws Exception {
    TopicDefinition wrong =
        new TopicDefinition(
            stream.topics().trainerState().name(), 1, Map.of("cleanup.policy", "delete"));
    stream.create(wrong);

    try (TrainerProcess trainer = start("digits")) {
      assertThat(trainer.exitCode()).as(trainer.log()).isEqualTo(1);
      assertThat(trainer.log())
          .contains("trainer-state has cleanup.policy=delete, but must have compact")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void anotherPresetDoesNotContinueAModel() throws Exception {
    stream.create(stream.topics().images());
    stream.produce(0, BATCH);
    try (TrainerProcess first = start("digits")) {
      awaitImages("digits", BATCH);
      assertThat(first.terminate()).as(first.log()).isZero();
    }

    try (TrainerProcess other = start("digits", "--preset", "mlp-1024")) {
      assertThat(other.exitCode()).as(other.log()).isEqualTo(2);
      assertThat(other.log()).contains("was trained with preset digits");
    }
  }

  @Test
  void aBrokerThatIsNotThereIsOneLine() {
    try (TrainerProcess trainer =
        TrainerProcess.start(
            folder.resolve("trainer.log"),
            "127.0.0.1:1",
            "-X",
            "default.api.timeout.ms=2000,request.timeout.ms=1000")) {
      assertThat(trainer.exitCode()).isEqualTo(1);
      assertThat(trainer.log().strip())
          .startsWith("error: no Kafka broker answers at 127.0.0.1:1")
          .doesNotContain("\n");
    }
  }

  private int tool(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(1, List.of("--bootstrap-servers", stream.bootstrapServers()));
    all.addAll(1, List.of("--topic-prefix", stream.topics().prefix()));
    StopSignal stop = StopSignal.onTermination();
    return stop.finish(Cli.execute(new TrainerCommand(stop), all.toArray(String[]::new)));
  }

  private Manifest newest(String model) {
    return held(model, stream.topics().checkpoints())
        .slot(Slots.LATEST)
        .complete()
        .orElseThrow()
        .manifest();
  }

  private TrainerProcess startKillable(String model, String stateEvery) {
    return start(model, "--threads", "1", "--state-every", stateEvery);
  }

  private TrainerProcess start(String model, String... options) {
    String[] all = new String[options.length + 6];
    all[0] = "--model";
    all[1] = model;
    all[2] = "--topic-prefix";
    all[3] = stream.topics().prefix();
    all[4] = "--checkpoint-every";
    all[5] = "200ms";
    System.arraycopy(options, 0, all, 6, options.length);
    return TrainerProcess.start(folder.resolve(model + ".log"), stream.bootstrapServers(), all);
  }

  private Manifest awaitImages(String model, long images) {
    return await(model, manifest -> manifest.imagesSeen() >= images);
  }

  private Manifest awaitState(String model, Predicate<Manifest> wanted) {
    return await(stream.topics().trainerState(), model + "/" + Slots.STATE, wanted);
  }

  private Manifest await(String model, Predicate<Manifest> wanted) {
    return await(stream.topics().checkpoints(), model + "/" + Slots.LATEST, wanted);
  }

  private Manifest await(TopicDefinition topic, String key, Predicate<Manifest> wanted) {
    try {
      return manifest(
          stream.await(
              topic, candidate -> key(candidate).equals(key) && wanted.test(manifest(candidate))));
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "; the trainers said:\n" + logs(), e);
    }
  }

  private String logs() {
    StringBuilder all = new StringBuilder();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.log")) {
      for (Path file : files) {
        all.append(Files.readString(file));
      }
    } catch (IOException e) {
      all.append(e);
    }
    return all.toString();
  }

  private Manifest state(String model) {
    return held(model, stream.topics().trainerState())
        .slot(Slots.STATE)
        .complete()
        .orElseThrow()
        .manifest();
  }

  private ModelCheckpoints held(String model, TopicDefinition topic) {
    try (Consumer<byte @Nullable [], byte @Nullable []> consumer = stream.consumer()) {
      return ModelCheckpoints.read(consumer, topic.name(), model);
    }
  }

  private static Manifest manifest(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
    return Json.read(Objects.requireNonNull(record.value()), Manifest.class);
  }

  private static String key(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
    return new String(Objects.requireNonNull(record.key()), UTF_8);
  }

  private static String header(
      ConsumerRecord<byte @Nullable [], byte @Nullable []> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
