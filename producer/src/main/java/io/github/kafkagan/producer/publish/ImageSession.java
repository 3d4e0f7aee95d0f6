package io.github.kafkagan.producer.publish;

import io.github.kafkagan.pipeline.process.StopSignal;
import io.github.kafkagan.producer.schedule.StreamSchedule;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * One transactional producer, from its initialisation to its first failure. Whatever fails, the
 * transaction in progress is dropped and a new session goes on from the mark of the last committed
 * one: there is no other way to recover, so there is none that could lose or repeat an image.
 */
final class ImageSession implements AutoCloseable {
  private static final long TRANSACTION_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Producer<byte[], byte[]> producer;
  private final KafkaClientMetrics meters;
  private final TopicPartition markPartition;
  private final ConsumerGroupMetadata group;
  private final StreamStatus status;

  /**
   * A session with a producer that it closes.
   *
   * @param group the producer's own, which holds the mark
   */
  ImageSession(
      Producer<byte[], byte[]> producer,
      TopicPartition markPartition,
      ConsumerGroupMetadata group,
      StreamStatus status,
      MeterRegistry registry) {
    this.producer = producer;
    this.markPartition = markPartition;
    this.group = group;
    this.status = status;
    this.meters = new KafkaClientMetrics(producer);
    meters.bindTo(registry);
  }

  static ImageSession open(
      PublishSettings settings,
      StreamPositions positions,
      StreamStatus status,
      MeterRegistry registry) {
    return new ImageSession(
        new KafkaProducer<>(
            settings.producer(), new ByteArraySerializer(), new ByteArraySerializer()),
        settings.markPartition(),
        positions.group(),
        status,
        registry);
  }

  /** Fences whoever wrote the stream before and ends its transaction. */
  void initialise() {
    producer.initTransactions();
  }

  /** Puts a mark on record without an image. */
  void claim(StreamMark mark, StopSignal stop) {
    producer.beginTransaction();
    commit(mark, stop);
    status.committed(0, mark.position());
  }

  /**
   * Streams from the mark to the schedule's end, or until stopping is asked for and the open
   * transaction has ended.
   */
  void stream(
      StreamMark mark,
      StreamSchedule schedule,
      ImageRecords records,
      Pace pace,
      RateLog rateLog,
      PhaseLog phaseLog,
      StopSignal stop)
      throws InterruptedException {
    long position = mark.position();
    while (position < schedule.end() && pace.awaitFirst(position, stop)) {
      status.began();
      producer.beginTransaction();
      long started = System.nanoTime();
      long next = position;
      do {
        // A send that fails makes the commit fail.
        var unused = producer.send(records.record(next, schedule.imageAt(next)));
        pace.sent();
        next++;
      } while (next < schedule.end() && pace.awaitNext(next, started + TRANSACTION_NANOS, stop));
      commit(mark.at(next), stop);
      status.committed(next - position, next);
      position = next;
      rateLog.at(position);
      phaseLog.at(position);
    }
  }

  private void commit(StreamMark mark, StopSignal stop) {
    producer.sendOffsetsToTransaction(Map.of(markPartition, mark.encode()), group);
    while (true) {
      try {
        producer.commitTransaction();
        return;
      } catch (TimeoutException e) {
        // The broker is away. Only asking again can tell whether the commit has happened.
        if (stop.requested()) {
          throw e;
        }
      }
    }
  }

  @Override
  public void close() {
    meters.close();
    producer.close(Duration.ZERO);
  }
}
