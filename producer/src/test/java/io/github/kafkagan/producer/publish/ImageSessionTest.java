package io.github.kafkagan.producer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.kafkagan.pipeline.process.StopSignal;
import io.github.kafkagan.producer.schedule.LabelFilter;
import io.github.kafkagan.producer.schedule.Pacer;
import io.github.kafkagan.producer.schedule.Phase;
import io.github.kafkagan.producer.schedule.StreamPlan;
import io.github.kafkagan.producer.schedule.StreamSchedule;
import io.github.kafkagan.producer.source.IdxFiles;
import io.github.kafkagan.producer.source.ImageSets;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Transactions as a producer sees them. Kills alone would seldom hit the moment between images and
 * mark.
 */
class ImageSessionTest {
  private static final TopicPartition MARK = new TopicPartition("gan.images", 0);

  private final StopSignal stop = StopSignal.onTermination();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final StreamStatus status = new StreamStatus(registry);
  private final Transactions producer = new Transactions();
  private final ImageSession session =
      new ImageSession(
          producer, MARK, new MockConsumer<>("none").groupMetadata(), status, registry);

  @TempDir Path folder;
  private ImageSets images;

  @BeforeEach
  void readImages() throws Exception {
    images = IdxFiles.readAlone(IdxFiles.write(folder, 5, 2, 2, 2), "own");
    session.initialise();
  }

  @AfterEach
  void end() {
    session.close();
    stop.finish(0);
  }

  @Test
  void everyTransactionCarriesTheMarkOfWhatItHolds() throws Exception {
    // When images stream for several transactions
    session.claim(mark(100), stop);
    stream(100, 400);

    // Then each carries one mark, of the position behind its last image
    assertThat(producer.committed).hasSizeGreaterThan(3);
    long position = 100;
    for (Transaction transaction : producer.committed) {
      position += transaction.images();
      assertThat(transaction.marks()).containsExactly(position);
    }
    assertThat(position).isEqualTo(400);
    assertThat(status.position()).isEqualTo(400);
    assertThat(status.images()).isEqualTo(300);
  }

  @Test
  void whatIsNotCommittedIsNotCounted() {
    session.claim(mark(100), stop);
    producer.commitTransactionException = new ProducerFencedException("test");

    assertThatExceptionOfType(ProducerFencedException.class).isThrownBy(() -> stream(100, 400));
    status.failed("fenced");

    assertThat(status.position()).isEqualTo(100);
    assertThat(status.images()).isZero();
    assertThat(registry.get("gan.producer.aborted.transactions").counter().count()).isEqualTo(1);
    assertThat(status.readiness().ready()).isFalse();
  }

  private void stream(long from, long to) throws InterruptedException {
    Phase phase = Phase.endless("own", LabelFilter.ALL);
    StreamSchedule schedule =
        new StreamSchedule(images, new StreamPlan(List.of(phase), true, 0, 0, to), 0);
    session.stream(
        mark(from),
        schedule,
        new ImageRecords("gan.images", 4),
        new Pace(new Pacer(400, System::nanoTime), Optional.empty()),
        new RateLog(from),
        new PhaseLog(schedule, status, from),
        stop);
  }

  private static StreamMark mark(long position) {
    return new StreamMark(position, 0, 4, "run", "schedule");
  }

  private record Transaction(int images, List<Long> marks) {}

  /** Kafka's stand-in for a producer, which also notes what each commit held. */
  private static final class Transactions extends MockProducer<byte[], byte[]> {
    private final List<Transaction> committed = new ArrayList<>();
    private int images;
    private int marks;

    Transactions() {
      super(true, (Partitioner) null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void commitTransaction() {
      super.commitTransaction();
      List<Long> positions =
          consumerGroupOffsetsHistory().stream()
              .skip(marks)
              .flatMap(groups -> groups.values().stream())
              .map(offsets -> Objects.requireNonNull(offsets.get(MARK)).offset())
              .toList();
      committed.add(new Transaction(history().size() - images, positions));
      images = history().size();
      marks = consumerGroupOffsetsHistory().size();
    }
  }
}
