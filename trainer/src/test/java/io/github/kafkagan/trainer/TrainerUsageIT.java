package io.github.kafkagan.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.broker.JavaProcess;
import io.github.kafkagan.pipeline.contract.TopicDefinition;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a trainer says when it cannot do what it is asked for, on a real broker. */
@ExtendWith(OnOneBroker.class)
class TrainerUsageIT {
  private final TestTrainers trainers;
  private final TestStream stream;

  TrainerUsageIT(TestTrainers trainers) {
    this.trainers = trainers;
    stream = trainers.stream();
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
        new TestTrainers(new TestStream("127.0.0.1:1", stream.topics()), trainers.folder())
            .start("digits", "-X", "default.api.timeout.ms=2000,request.timeout.ms=1000")) {
      assertThat(trainer.exitCode()).isEqualTo(1);
      assertThat(trainer.log().strip())
          .startsWith("error: no Kafka broker answers at 127.0.0.1:1")
          .doesNotContain("\n");
    }
  }
}
