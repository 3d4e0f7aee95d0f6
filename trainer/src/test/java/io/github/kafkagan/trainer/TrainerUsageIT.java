package io.github.kafkagan.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.broker.JavaProcess;
import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.pipeline.contract.TopicDefinition;
import io.github.kafkagan.pipeline.contract.Topics;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What a trainer says when it cannot do what it is asked for, on a real broker. */
class TrainerUsageIT {
  @TempDir private static Path brokerFolder;
  private static LocalBroker broker;

  @TempDir private Path folder;
  private TestStream stream;
  private TestTrainers trainers;

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
    trainers = new TestTrainers(stream, folder);
  }

  @Test
  void anUnlabelledStreamIsAUsageErrorForAConditionalPreset() throws Exception {
    stream.create(stream.topics().images());
    try (Producer<byte[], byte[]> producer = stream.producer()) {
      producer.send(
          new ProducerRecord<>(stream.topics().images().name(), new byte[TestStream.IMAGE_BYTES]));
    }

    try (JavaProcess trainer = trainers.start("digits")) {
      assertThat(trainer.exitCode()).as(trainer.log()).isEqualTo(2);
      assertThat(trainer.log()).contains("have no labels").doesNotContain("\tat ");
    }
  }

  @Test
  void weightsThatAreNoNumbersAtTheEndAreNotPublished() throws Exception {
    stream.create(stream.topics().images());
    stream.produce(0, 64);

    // The step's losses are still numbers; its update leaves infinite weights.
    try (JavaProcess trainer =
        trainers.start("digits", "--set", "generatorOptimizer.rate=1e39", "--until", "steps=1")) {
      assertThat(trainer.exitCode()).as(trainer.log()).isEqualTo(1);
      assertThat(trainer.log())
          .contains("error: training ")
          .contains("values that are not finite")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void aStateTopicThatIsNotCompactedIsRefused() throws Exception {
    TopicDefinition wrong =
        new TopicDefinition(
            stream.topics().trainerState().name(), 1, Map.of("cleanup.policy", "delete"));
    stream.create(wrong);

    try (JavaProcess trainer = trainers.start("digits")) {
      assertThat(trainer.exitCode()).as(trainer.log()).isEqualTo(1);
      assertThat(trainer.log())
          .contains("trainer-state has cleanup.policy=delete, but must have compact")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void aBrokerThatIsNotThereIsOneLine() {
    try (JavaProcess trainer =
        new TestTrainers(new TestStream("127.0.0.1:1", stream.topics()), folder)
            .start("digits", "-X", "default.api.timeout.ms=2000,request.timeout.ms=1000")) {
      assertThat(trainer.exitCode()).isEqualTo(1);
      assertThat(trainer.log().strip())
          .startsWith("error: no Kafka broker answers at 127.0.0.1:1")
          .doesNotContain("\n");
    }
  }
}
