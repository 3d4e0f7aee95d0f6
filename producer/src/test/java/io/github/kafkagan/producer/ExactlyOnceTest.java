package io.github.kafkagan.producer;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.kafkagan.pipeline.contract.ImageRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ExactlyOnceTest {
  private final ExactlyOnce stream = new ExactlyOnce(2);

  @Test
  void givenEachPositionInItsPartitionThenTheStreamIsWhole() {
    stream.require(image(1, 1));
    stream.require(image(0, 0));
    stream.require(image(0, 2));
    stream.require(image(1, 3));
  }

  @Test
  void givenAPositionTwiceThenThatIsFound() {
    stream.require(image(0, 0));
    requireComplaint(image(0, 0));
  }

  @Test
  void givenAPositionThatIsMissingThenThatIsFound() {
    stream.require(image(0, 0));
    requireComplaint(image(0, 4));
    requireComplaint(image(1, 3));
  }

  @Test
  void givenAPositionInAnotherPartitionThenThatIsFound() {
    requireComplaint(image(1, 0));
  }

  private void requireComplaint(ConsumerRecord<byte[], byte[]> image) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> stream.require(image))
        .withMessageContaining("position at %d-7".formatted(image.partition()));
  }

  private static ConsumerRecord<byte[], byte[]> image(int partition, long position) {
    return new ConsumerRecord<>("images", partition, 7, ImageRecord.key(position), new byte[0]);
  }
}
