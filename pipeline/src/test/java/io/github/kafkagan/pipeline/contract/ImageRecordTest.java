package io.github.kafkagan.pipeline.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    assertThat(label("123456789")).hasValue(123_456_789);
  }

  @ParameterizedTest
  @ValueSource(strings = {"seven", "", "-1", "+7", "7 ", "1234567890", "\u0667"})
  void anythingElseIsNoLabel(String text) {
    assertThatThrownBy(() -> label(text))
        .hasMessage("label must be a number of at least 0, was '" + text + "'");
  }

  private static OptionalInt label(String text) {
    return ImageRecord.label(new RecordHeaders().add(ImageRecord.LABEL, text.getBytes(UTF_8)));
  }
}
