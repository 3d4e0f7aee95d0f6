package io.github.kafkagan.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kafkagan.broker.JavaProcess;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.contract.Rejection;
import io.github.kafkagan.pipeline.contract.SampleRecord;
import io.github.kafkagan.pipeline.contract.TopicDefinition;
import io.github.kafkagan.pipeline.contract.TrainingEvent;
import io.github.kafkagan.pipeline.process.KafkaOptions;
import io.github.kafkagan.pipeline.process.TopicSetup;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;

/** What a trainer and its tools read from and write to the topics, on a real broker. */
@ExtendWith(OnOneBroker.class)
class TrainerTopicsIT {
  private static final int BATCH = 64;

  private final TestTrainers trainers;
  private final TestStream stream;

  TrainerTopicsIT(TestTrainers trainers) {
    this.trainers = trainers;
    stream = trainers.stream();
  }

  @Test
  void aTopicThatAnotherProcessIsCreatingIsWaitedFor() throws Exception {
    TopicDefinition images = stream.topics().images();
    KafkaOptions kafka =
        CommandLine.populateCommand(
            new KafkaOptions(), "--bootstrap-servers=" + stream.bootstrapServers());

    Future<TopicSetup.Identity> identity =
        CompletableFuture.supplyAsync(() -> TopicSetup.identity(kafka, images.name()));
    assertThatThrownBy(() -> identity.get(1, TimeUnit.SECONDS))
        .isInstanceOf(TimeoutException.class);
    stream.create(images);

    assertThat(identity.get(10, TimeUnit.SECONDS).partitions()).isEqualTo(images.partitions());
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

    try (JavaProcess trainer = trainers.start("digits")) {
      trainers.awaitImages("digits", BATCH * 2);
      ConsumerRecord<byte @Nullable [], byte @Nullable []> rejected =
          stream.await(stream.topics().rejected(), record -> true);

      assertThat(rejected.key()).isEqualTo("odd".getBytes(UTF_8));
      assertThat(rejected.value()).isEqualTo("no image".getBytes(UTF_8));
      assertThat(TestTrainers.header(rejected, Rejection.TOPIC)).isEqualTo(topic);
      assertThat(TestTrainers.header(rejected, Rejection.PARTITION)).isEqualTo("2");
      assertThat(TestTrainers.header(rejected, Rejection.OFFSET)).isEqualTo("0");
      assertThat(TestTrainers.header(rejected, Rejection.REASON))
          .isEqualTo("an image has 784 bytes, this has 8");
      assertThat(trainer.isAlive()).isTrue();
    }
  }

  @Test
  void eachGeneratorComesWithItsContactSheet() throws Exception {
    stream.create(stream.topics().images());
    stream.produce(0, BATCH);
    try (JavaProcess trainer = trainers.start("digits")) {
      Manifest manifest = trainers.awaitImages("digits", BATCH);
      ConsumerRecord<byte @Nullable [], byte @Nullable []> sample =
          stream.await(stream.topics().samples(), record -> true);

      assertThat(TestTrainers.header(sample, SampleRecord.STEP))
          .isEqualTo(Long.toString(manifest.step()));
      assertThat(TestTrainers.header(sample, SampleRecord.IMAGES))
          .isEqualTo(Integer.toString(BATCH));
      byte[] png = Objects.requireNonNull(sample.value());
      assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isEqualTo(298);
      assertThat(trainer.terminate()).as(trainer.log()).isZero();
    }
  }

  @Test
  void eventsSayHowFarInTheStreamTrainingIs() throws Exception {
    stream.create(stream.topics().images());
    long begin = System.currentTimeMillis();
    stream.produce(0, BATCH * 20);
    try (JavaProcess trainer = trainers.start("digits")) {
      TrainingEvent.Step step = event(TrainingEvent.Step.class, any -> true);
      assertThat(step.step()).isEqualTo(20);
      assertThat(step.nextPosition()).isEqualTo(BATCH * 20);
      assertThat(step.newestImageTimestamp()).isBetween(begin, System.currentTimeMillis());

      // Images that do not fill a mini-batch, and one that never will: more are needed
      stream.produce(BATCH * 20, BATCH * 20 + 10);
      stream.produce(BATCH * 20 + 10, BATCH * 20 + 11, 5);
      TrainingEvent.Waiting waiting =
          event(TrainingEvent.Waiting.class, event -> event.nextPosition() == BATCH * 20 + 11);
      assertThat(waiting.step()).isEqualTo(20);
      assertThat(waiting.imagesSeen()).isEqualTo(BATCH * 20);
      assertThat(waiting.newestImageTimestamp()).isEqualTo(step.newestImageTimestamp());
      assertThat(trainer.terminate()).as(trainer.log()).isZero();
    }

    // A trainer that has nothing to do says so again when it is started again
    long before = trainers.newestVersion("digits");
    try (JavaProcess again = trainers.start("digits")) {
      String runId = trainers.await("digits", manifest -> manifest.version() > before).runId();
      TrainingEvent.Waiting waiting =
          event(
              TrainingEvent.Waiting.class,
              event -> event.runId().equals(runId) && event.nextPosition() == BATCH * 20 + 11);
      assertThat(waiting.step()).isEqualTo(20);
      assertThat(again.isAlive()).isTrue();
    }
  }

  @Test
  void aStreamThatIsSlowIsNoFloodInTheLog() throws Exception {
    stream.create(stream.topics().images());
    try (JavaProcess trainer = trainers.start("digits")) {
      for (long step = 0; step < 5; step++) {
        stream.produce(BATCH * step, BATCH * (step + 1));
        trainers.awaitImages("digits", BATCH * (step + 1));
      }
      assertThat(trainer.log().lines().filter(line -> line.contains("TrainingLoop"))).hasSize(1);
      assertThat(trainer.terminate()).as(trainer.log()).isZero();
    }
  }

  private <T extends TrainingEvent> T event(Class<T> type, Predicate<T> wanted) {
    ConsumerRecord<byte @Nullable [], byte @Nullable []> record =
        stream.await(
            stream.topics().training(),
            candidate -> event(candidate, type).filter(wanted).isPresent());
    return event(record, type).orElseThrow();
  }

  private static <T extends TrainingEvent> Optional<T> event(
      ConsumerRecord<byte @Nullable [], byte @Nullable []> record, Class<T> type) {
    TrainingEvent event = Json.read(Objects.requireNonNull(record.value()), TrainingEvent.class);
    return Optional.of(event).filter(type::isInstance).map(type::cast);
  }

  @Test
  void aGeneratorLeavesKafkaAndComesBackAsItWas() throws Exception {
    stream.create(stream.topics().images());
    stream.produce(0, BATCH);
    try (JavaProcess trainer = trainers.start("digits", "--until", "images=" + BATCH)) {
      assertThat(trainer.exitCode()).as(trainer.log()).isZero();
    }
    Path file = trainers.folder().resolve("digits.safetensors");

    assertThat(trainers.tool("export", "--model", "digits", file.toString())).isZero();
    assertThat(trainers.tool("import", "--model", "copy", file.toString())).isZero();

    Manifest original = trainers.generator("digits");
    Manifest copy = trainers.generator("copy");
    assertThat(copy.sha256()).isEqualTo(original.sha256());
    assertThat(copy.spec()).isEqualTo(original.spec());
    assertThat(copy.offsets()).isEqualTo(original.offsets());
    assertThat(trainers.tool("inspect", "--model", "copy")).isZero();
    assertThat(trainers.tool("inspect", "--model", "nobody")).isEqualTo(1);
    Files.write(file, new byte[] {1, 2, 3});
    assertThat(trainers.tool("import", "--model", "copy", file.toString())).isEqualTo(2);
  }
}
