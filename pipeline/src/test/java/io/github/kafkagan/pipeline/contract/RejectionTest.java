package io.github.kafkagan.pipeline.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class RejectionTest {
  @Test
  void givenARecordThenItIsKeptAsItWas() {
    ProducerRecord<byte[], byte[]> kept = reject(new byte[] {1}, new byte[] {2, 3});

    assertThat(kept.key()).containsExactly(1);
    assertThat(kept.value()).containsExactly(2, 3);
    assertThat(reason(kept)).isEqualTo("no image");
  }

  @Test
  void givenARecordThatNoTopicTakesAgainThenItsPlaceIsKept() {
    ProducerRecord<byte[], byte[]> kept = reject(new byte[500_000], new byte[500_000]);

    assertThat(kept.key()).isNull();
    assertThat(kept.value()).isNull();
    assertThat(reason(kept))
        .isEqualTo("no image; its 1000000 bytes are left out, being too many to keep");
    assertThat(kept.headers().lastHeader(Rejection.OFFSET).value()).isEqualTo("9".getBytes(UTF_8));
  }

  private static ProducerRecord<byte[], byte[]> reject(byte[] key, byte[] value) {
    return Rejection.of(
        "gan.rejected", new ConsumerRecord<>("gan.images", 2, 9, key, value), "no image");
  }

  private static String reason(ProducerRecord<byte[], byte[]> record) {
    return new String(record.headers().lastHeader(Rejection.REASON).value(), UTF_8);
  }
}
