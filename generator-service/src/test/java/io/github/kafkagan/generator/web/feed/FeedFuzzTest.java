package io.github.kafkagan.generator.web.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.pipeline.codec.Png;
import io.github.kafkagan.pipeline.conformance.Mutations;
import io.github.kafkagan.pipeline.contract.SampleRecord;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Whatever the topics behind the page hold, it is shown or refused, and never breaks the page. */
class FeedFuzzTest {
  @Provide
  Arbitrary<byte[]> events() {
    return Mutations.of(
        Arbitraries.of(
                "{\"type\":\"step\",\"model\":\"digits\",\"step\":20,\"lossGenerator\":1.0E-4}",
                "{\n\"type\": \"mode\",\r\n\"model\": \"digits\"}")
            .map(json -> json.getBytes(UTF_8)));
  }

  @Provide
  Arbitrary<byte[]> numbers() {
    return Mutations.of(Arbitraries.longs().map(number -> Long.toString(number).getBytes(UTF_8)));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void whateverAnEventIsItTakesOneLine(@ForAll("events") byte[] value) {
    try {
      TrainingRecord event = TrainingRecord.of(record("digits".getBytes(UTF_8), value));
      assertThat(event.json()).doesNotContain('\n', '\r');
      assertThat(event.lane()).doesNotContainAnyWhitespaces();
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void whateverASheetsHeadersSayItIsOneOrAnError(
      @ForAll("numbers") byte[] step, @ForAll("numbers") byte[] key) {
    ConsumerRecord<byte @Nullable [], byte @Nullable []> record =
        record(key, Png.encode(new byte[4], 2, 2, 1));
    record.headers().add(SampleRecord.STEP, step).add(SampleRecord.images(7));
    try {
      assertThat(SampleSheet.of(record).model()).isNotBlank();
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  private static ConsumerRecord<byte @Nullable [], byte @Nullable []> record(
      byte[] key, byte[] value) {
    return new ConsumerRecord<>("gan.training", 0, 0, key, value);
  }
}
