package io.github.kafkagan.generator.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.generator.reply.OutgoingRecord;
import java.time.Duration;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When commits are asked for, which a topology under test does not tell. */
class OpenRequestsTest {
  private static final byte[] MISTAKE = "{".getBytes(UTF_8);

  private final TestTopology topology = new TestTopology(Duration.ofSeconds(1));
  private final MockProcessorContext<byte[], OutgoingRecord> context = new MockProcessorContext<>();
  private final KeyValueStore<Long, ReceivedRequest> entries =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore("pending"), Serdes.Long(), ReceivedRequestSerde.create())
          .withLoggingDisabled()
          .build();
  private final CommitPace pace = new CommitPace();
  private long now = System.nanoTime();
  private final OpenRequests requests =
      new OpenRequests(
          topology.answering(),
          new RequestMetrics(topology.registry()),
          pace,
          context,
          entries,
          () -> now);

  @BeforeEach
  void open() {
    context.setCurrentSystemTimeMs(0);
    entries.init(context.getStateStoreContext(), entries);
  }

  @AfterEach
  void close() {
    entries.close();
    topology.close();
  }

  @Test
  void givenACommitThatTookLongThenTheNextOneIsNotAskedForSoon() {
    answerAtOnce(0);
    assertThat(asksForCommit()).isTrue();

    // The commit takes a fifth of a second; another partition has a request open meanwhile.
    pace.opened();
    pass(Duration.ofMillis(200));
    answerAtOnce(1);
    assertThat(asksForCommit()).isFalse();

    // Then three times as long as it took are left between the two.
    pass(Duration.ofMillis(599));
    assertThat(asksForCommit()).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(asksForCommit()).isTrue();
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private void answerAtOnce(long offset) {
    requests.accept(new ReceivedRequest(offset, 0, null, MISTAKE, new RecordHeaders()));
  }

  private boolean asksForCommit() {
    context.resetCommit();
    requests.punctuate();
    return context.committed();
  }
}
