package io.github.kafkagan.pipeline.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class ImageRecordTest {
  @Test
  void keysAreBigEndianPositions() {
    assertThat(ImageRecord.key(258)).containsExactly(0, 0, 0, 0, 0, 0, 1, 2);
    assertThat(ImageRecord.position(ImageRecord.key(258))).hasValue(258);
  }

  @Test
  void otherKeysAreForeign() {
    assertThat(ImageRecord.position(null)).isEmpty();
    assertThat(ImageRecord.position(new byte[4])).isEmpty();
    assertThat(ImageRecord.position(ImageRecord.key(-1))).isEmpty();
  }

  @Test
  void labelsAreDecimalText() {
    assertThat(ImageRecord.label(new RecordHeaders())).isEqualTo(OptionalInt.empty());
    assertThat(
            ImageRecord.label(
                new RecordHeaders().add(ImageRecord.LABEL, ImageRecord.labelHeader(7))))
        .hasValue(7);
    assertThatThrownBy(
            () ->
                ImageRecord.label(
                    new RecordHeaders().add(ImageRecord.LABEL, "seven".getBytes(UTF_8))))
        .hasMessage("label must be a number of at least 0, was 'seven'");
  }
}
