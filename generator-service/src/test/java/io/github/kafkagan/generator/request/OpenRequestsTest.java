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
  void givenCommitsThatTakeLongThenTheNextOneIsNotAskedForSoon() {
    for (int commit = 0; commit < CommitPace.LAST; commit++) {
      answerAtOnce(commit);
      pass(Duration.ofSeconds(1));
      assertThat(asksForCommit()).isTrue();
      pass(Duration.ofMillis(200));
      requests.punctuate();
    }

    // Another partition has a request open meanwhile.
    pace.opened();
    answerAtOnce(CommitPace.LAST);
    assertThat(asksForCommit()).isFalse();

    // Three times as long as each took are left until the next.
    pass(Duration.ofMillis(599));
    assertThat(asksForCommit()).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(asksForCommit()).isTrue();
  }

  @Test
  void givenAPartitionThatGoesElsewhereThenTheOthersDoNotWaitForItsCommit() {
    answerAtOnce(0);
    pass(Duration.ofSeconds(1));
    assertThat(asksForCommit()).isTrue();
    pass(Duration.ofMillis(1));
    assertThat(pace.isDue(now + Duration.ofSeconds(1).toNanos())).isFalse();

    requests.abandon();

    assertThat(pace.isDue(now + Duration.ofSeconds(1).toNanos())).isTrue();
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
