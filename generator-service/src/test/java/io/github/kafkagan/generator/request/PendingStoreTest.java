package io.github.kafkagan.generator.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the next owner of a partition finds open, whatever became of the changelog meanwhile. */
class PendingStoreTest {
  private final KeyValueStore<Long, ReceivedRequest> entries =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore("pending"), Serdes.Long(), ReceivedRequestSerde.create())
          .withLoggingDisabled()
          .build();
  private final PendingStore pending = new PendingStore(entries);

  @BeforeEach
  void open() {
    MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
    entries.init(context.getStateStoreContext(), entries);
  }

  @AfterEach
  void close() {
    entries.close();
  }

  @Test
  void givenRequestsWithoutAnAnswerThenTheyAreLeftTheOldestFirst() {
    keep(7, 5, 9);
    pending.mark();
    pending.answered(7);

    assertLeft(5, 9);

    pending.mark();
    assertLeft(5, 9);
  }

  @Test
  void givenAnAnsweredRequestThatComesBackThenItIsNotLeft() {
    keep(5, 7, 9);
    pending.answered(7);
    pending.mark();

    // As from a broker that has missed the tombstone
    entries.put(7L, request(7));

    assertLeft(5, 9);
    assertThat(entries.get(7L)).isNull();
  }

  @Test
  void givenRequestsThatTheMarkDoesNotKnowYetThenTheyAreLeft() {
    keep(5);
    pending.mark();
    keep(6, 8);

    assertLeft(5, 6, 8);
  }

  @Test
  void givenATopicThatBeginsAnewThenItsRequestsAreLeft() {
    keep(5_000);
    pending.answered(5_000);
    pending.mark();
    keep(3);

    assertLeft(3);
  }

  private void keep(long... offsets) {
    for (long offset : offsets) {
      pending.keep(request(offset));
    }
  }

  private void assertLeft(long... offsets) {
    assertThat(new PendingStore(entries).left())
        .extracting(ReceivedRequest::offset)
        .containsExactly(LongStream.of(offsets).boxed().toArray(Long[]::new));
  }

  private static ReceivedRequest request(long offset) {
    return new ReceivedRequest(offset, 1, null, new byte[] {1}, new RecordHeaders());
  }
}
