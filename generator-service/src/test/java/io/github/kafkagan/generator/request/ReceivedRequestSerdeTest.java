package io.github.kafkagan.generator.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class ReceivedRequestSerdeTest {
  private final Serde<ReceivedRequest> serde = ReceivedRequestSerde.create();

  @Test
  void givenARequestThenItReadsBackAsWritten() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("kafka_correlationId", new byte[] {0, -1}).add("ü", null).add("ü", new byte[0]);
    ReceivedRequest request =
        new ReceivedRequest(7, 1_790_000_000_000L, new byte[0], new byte[] {1, 2}, headers);

    assertThat(roundTrip(request)).usingRecursiveComparison().isEqualTo(request);
  }

  @Test
  void givenNullKeyAndValueThenTheyStayNull() {
    ReceivedRequest read = roundTrip(new ReceivedRequest(0, 0, null, null, new RecordHeaders()));

    assertThat(read.key()).isNull();
    assertThat(read.value()).isNull();
    assertThat(read.headers()).isEmpty();
  }

  private ReceivedRequest roundTrip(ReceivedRequest request) {
    byte[] bytes = serde.serializer().serialize("store", request);
    return serde.deserializer().deserialize("store", bytes);
  }
}
