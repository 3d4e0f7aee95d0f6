package io.github.kafkagan.producer.publish;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

class StreamMarkTest {
  private static final StreamMark MARK =
      new StreamMark(9_000_000_000L, 60_000, 4, "run-1", "mnist 60000x28x28x1 seed=0 labels=all");

  @Test
  void survivesItsJourneyAsAnOffset() {
    OffsetAndMetadata encoded = MARK.encode();

    assertThat(StreamMark.decode(encoded)).hasValue(MARK);
    assertThat(encoded.offset()).isEqualTo(9_000_000_000L);
    // Brokers take up to 4096 bytes of metadata.
    assertThat(encoded.metadata()).hasSizeLessThan(500);
  }

  @Test
  void whatIsNoMarkIsNone() {
    assertThat(StreamMark.decode(null)).isEmpty();
    assertThat(StreamMark.decode(new OffsetAndMetadata(7))).isEmpty();
    assertThat(StreamMark.decode(new OffsetAndMetadata(7, "someone else's"))).isEmpty();
    assertThat(StreamMark.decode(new OffsetAndMetadata(7, "{\"position\":7}"))).isEmpty();
  }
}
