package io.github.kafkagan.generator.web.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.kafkagan.pipeline.codec.Png;
import io.github.kafkagan.pipeline.contract.SampleRecord;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of records that anybody may have written. */
class RecordsTest {
  @Test
  void givenAnEventThenItIsRelayedAsItCame() {
    String json = "{\"type\":\"step\",\"model\":\"digits\",\"step\":20,\"lossGenerator\":1.0E-4}";

    TrainingRecord event = TrainingRecord.of(record(json));

    assertThat(event.type()).isEqualTo("step");
    assertThat(event.lane()).isEqualTo(TrainingRecord.lane("digits", TrainingRecord.STEP));
    assertThat(new String(event.json(), UTF_8)).isEqualTo(json);
  }

  @Test
  void givenAnEventOnSeveralLinesThenItIsRelayedOnOne() {
    TrainingRecord event =
        TrainingRecord.of(record("{\"type\": \"mode\",\r\n\n\"model\": \"digits\"}"));

    assertThat(new String(event.json(), UTF_8))
        .isEqualTo("{\"type\":\"mode\",\"model\":\"digits\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "[]",
        "7",
        "{}",
        "{\"type\":\"step\"}",
        "{\"type\":7,\"model\":\"digits\"}",
        "{\"type\":\"a b\",\"model\":\"digits\"}",
        "{\"type\":\"step\\nid: 9\",\"model\":\"digits\"}",
        "{\"type\":\"step\",\"model\":\"a/b\"}"
      })
  void givenWhatIsNoEventThenItIsRefusedInOneSentence(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingRecord.of(record(value)))
        .satisfies(e -> assertThat(e.getMessage()).isNotBlank().doesNotContain("\n"));
  }

  @Test
  void givenAnEventFromTheFutureThenItIsOfTheTimeItWasRead() {
    long now = System.currentTimeMillis();
    ConsumerRecord<byte @Nullable [], byte @Nullable []> future =
        new ConsumerRecord<>(
            "gan.training",
            0,
            7,
            now + 3_600_000,
            TimestampType.CREATE_TIME,
            0,
            0,
            null,
            "{\"type\":\"step\",\"model\":\"digits\"}".getBytes(UTF_8),
            new RecordHeaders(),
            Optional.empty());

    assertThat(TrainingRecord.of(future).timestamp()).isBetween(now, System.currentTimeMillis());
  }

  @Test
  void givenAHugeEventThenItIsRefused() {
    String json = "{\"type\":\"step\",\"model\":\"digits\",\"x\":\"" + "x".repeat(70_000) + "\"}";

    assertThatIllegalArgumentException().isThrownBy(() -> TrainingRecord.of(record(json)));
  }

  @Test
  void givenASheetThenItsHeadersAreRead() {
    ConsumerRecord<byte @Nullable [], byte @Nullable []> record =
        record("digits", Png.encode(new byte[4], 2, 2, 1));
    record.headers().add(SampleRecord.step(1_200)).add(SampleRecord.images(76_800));

    SampleSheet sheet = SampleSheet.of(record);

    assertThat(sheet.model()).isEqualTo("digits");
    assertThat(sheet.step()).isEqualTo(1_200);
    assertThat(sheet.images()).isEqualTo(76_800);
  }

  @Test
  void givenWhatIsNoSheetThenItIsRefused() {
    byte[] png = Png.encode(new byte[4], 2, 2, 1);
    ConsumerRecord<byte @Nullable [], byte @Nullable []> text = record("digits", new byte[] {1});
    text.headers().add(SampleRecord.step(1)).add(SampleRecord.images(1));

    assertThatIllegalArgumentException().isThrownBy(() -> SampleSheet.of(text));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SampleSheet.of(record("digits", png)))
        .withMessage("a sheet has a header step");
    assertThatIllegalArgumentException().isThrownBy(() -> SampleSheet.of(record(null, png)));
  }

  private static ConsumerRecord<byte @Nullable [], byte @Nullable []> record(String value) {
    return record("digits", value.getBytes(UTF_8));
  }

  private static ConsumerRecord<byte @Nullable [], byte @Nullable []> record(
      @Nullable String key, byte[] value) {
    return new ConsumerRecord<>("topic", 0, 7, key == null ? null : key.getBytes(UTF_8), value);
  }
}
