package io.github.kafkagan.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.broker.JavaProcess;
import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.contract.Rejection;
import io.github.kafkagan.pipeline.contract.SampleRecord;
import io.github.kafkagan.pipeline.process.Cli;
import io.github.kafkagan.pipeline.process.StopSignal;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

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
  void aGeneratorLeavesKafkaAndComesBackAsItWas() throws Exception {
    stream.create(stream.topics().images());
    stream.produce(0, BATCH);
    try (JavaProcess trainer = trainers.start("digits", "--until", "images=" + BATCH)) {
      assertThat(trainer.exitCode()).as(trainer.log()).isZero();
    }
    Path file = trainers.folder().resolve("digits.safetensors");

    assertThat(tool("export", "--model", "digits", file.toString())).isZero();
    assertThat(tool("import", "--model", "copy", file.toString())).isZero();

    Manifest original = trainers.generator("digits");
    Manifest copy = trainers.generator("copy");
    assertThat(copy.sha256()).isEqualTo(original.sha256());
    assertThat(copy.spec()).isEqualTo(original.spec());
    assertThat(copy.offsets()).isEqualTo(original.offsets());
    assertThat(tool("inspect", "--model", "copy")).isZero();
    assertThat(tool("inspect", "--model", "nobody")).isEqualTo(1);
    Files.write(file, new byte[] {1, 2, 3});
    assertThat(tool("import", "--model", "copy", file.toString())).isEqualTo(2);
  }

  private int tool(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(1, List.of("--bootstrap-servers", stream.bootstrapServers()));
    all.addAll(1, List.of("--topic-prefix", stream.topics().prefix()));
    StopSignal stop = StopSignal.onTermination();
    return stop.finish(Cli.execute(new TrainerCommand(stop), all.toArray(String[]::new)));
  }
}
