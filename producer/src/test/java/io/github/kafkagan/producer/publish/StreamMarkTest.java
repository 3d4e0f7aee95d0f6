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

  @Test
  void aScheduleOfAnyLengthFitsBesideAnOffset() {
    String many = "mnist 60000x28x28x1 seed=0 labels=0,1,2 images=9 then ".repeat(100);

    StreamMark mark = new StreamMark(7, 0, 4, "run-1", many + "mnist labels=all");

    assertThat(mark.encode().metadata()).hasSizeLessThan(500);
    assertThat(StreamMark.decode(mark.encode())).hasValue(mark);
    assertThat(mark.isOf(many + "mnist labels=all")).isTrue();
    assertThat(mark.isOf(many + "mnist labels=0")).isFalse();
  }
}
