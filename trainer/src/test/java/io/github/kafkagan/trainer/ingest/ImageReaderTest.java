package io.github.kafkagan.trainer.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.pipeline.contract.ImageRecord;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ImageReaderTest {
  private final ImageReader conditional = new ImageReader(2, 10);
  private final ImageReader unconditional = new ImageReader(2, 0);

  @Test
  void anImageIsWhatItsRecordSays() {
    byte[] pixels = {1, 2};

    assertThat(conditional.read(record(ImageRecord.labelHeader(9), pixels)))
        .isEqualTo(new Arrival.Image(3, 40, 7, 500, pixels, OptionalInt.of(9)));
  }

  @Test
  void whereNetworksDoNotNeedLabelsOneThatCannotBeReadIsNone() {
    assertThat(label(unconditional.read(record(ImageRecord.labelHeader(12), new byte[2]))))
        .hasValue(12);
    assertThat(label(unconditional.read(record(new byte[] {'x'}, new byte[2])))).isEmpty();
    assertThat(label(unconditional.read(record(null, new byte[2])))).isEmpty();
  }

  @Test
  void objectionsSayWhatIsWrong() {
    byte[] nine = ImageRecord.labelHeader(9);

    assertThat(objection(record(nine, new byte[3]))).isEqualTo("an image has 2 bytes, this has 3");
    assertThat(objection(record(nine, null))).isEqualTo("an image has 2 bytes, this has none");
    assertThat(objection(record(ImageRecord.labelHeader(10), new byte[2])))
        .isEqualTo("label must be below 10, was 10");
    assertThat(objection(record(null, new byte[2]))).isEqualTo("no label");
    assertThat(objection(record(new byte[1_000_000], new byte[2])))
        .startsWith("label must be")
        .hasSizeLessThan(200);
  }

  private static OptionalInt label(Arrival arrival) {
    return ((Arrival.Image) arrival).label();
  }

  private String objection(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
    return ((Arrival.Unreadable) conditional.read(record)).objection();
  }

  private static ConsumerRecord<byte @Nullable [], byte @Nullable []> record(
      byte @Nullable [] label, byte @Nullable [] pixels) {
    RecordHeaders headers = new RecordHeaders();
    if (label != null) {
      headers.add(ImageRecord.LABEL, label);
    }
    return new ConsumerRecord<>(
        "gan.images",
        3,
        40,
        500,
        TimestampType.CREATE_TIME,
        0,
        0,
        ImageRecord.key(7),
        pixels,
        headers,
        Optional.empty());
  }
}
