package io.github.kafkagan.producer.publish;

import io.github.kafkagan.pipeline.contract.ImageRecord;
import io.github.kafkagan.pipeline.process.UserError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Finds the next position from the images themselves, for a topic whose mark is gone.
 *
 * <p>The record before the end offset is a control marker even after a clean commit, and a run of
 * aborted transactions may be long: each partition is read backwards in windows that grow until one
 * holds a position.
 */
final class PositionScan {
  private static final long FIRST_WINDOW = 64;
  private static final int GROWTH = 4;
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Consumer<byte[], byte[]> consumer;

  /**
   * What a partition holds.
   *
   * @param begin offset of its first record
   * @param end its high watermark; transactions that are open below it are waited for
   */
  record Span(long begin, long end) {}

  private final Map<TopicPartition, Span> spans;
  private final long deadline = System.nanoTime() + PATIENCE.toNanos();

  /**
   * @param consumer read_committed; its assignment is replaced
   * @param spans of each of the topic's partitions
   */
  PositionScan(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Span> spans) {
    this.consumer = consumer;
    this.spans = Map.copyOf(spans);
  }

  /**
   * One more than the highest committed position. If there is none, 0; but if records were deleted,
   * a position that none of them can have had.
   *
   * @throws UserError if the positions were written with another number of partitions
   * @throws TimeoutException if the topic cannot be read in time
   */
  long next() {
    long highest = -1;
    for (Map.Entry<TopicPartition, Span> entry : spans.entrySet()) {
      Span span = entry.getValue();
      highest = Math.max(highest, highest(entry.getKey(), span.begin(), span.end()).orElse(-1));
    }
    boolean deleted = spans.values().stream().anyMatch(span -> span.begin() > 0);
    return highest < 0 && deleted
        ? spans.values().stream().mapToLong(Span::end).sum()
        : highest + 1;
  }

  private OptionalLong highest(TopicPartition partition, long begin, long end) {
    long window = FIRST_WINDOW;
    for (long to = end; to > begin; window *= GROWTH) {
      long from = Math.max(begin, to - window);
      OptionalLong found = highestWithin(partition, from, to);
      if (found.isPresent()) {
        return found;
      }
      to = from;
    }
    return OptionalLong.empty();
  }

  private OptionalLong highestWithin(TopicPartition partition, long from, long to) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    long highest = -1;
    while (consumer.position(partition) < to) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException(
            "reading the end of " + partition + " took over " + PATIENCE.toSeconds() + " s");
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        OptionalLong position = ImageRecord.position(record.key());
        if (record.offset() < to && position.isPresent()) {
          check(partition, position.getAsLong());
          highest = Math.max(highest, position.getAsLong());
        }
      }
    }
    return highest < 0 ? OptionalLong.empty() : OptionalLong.of(highest);
  }

  private void check(TopicPartition partition, long position) {
    if (ImageRecord.partition(position, spans.size()) != partition.partition()) {
      throw StreamPositions.otherPartitions(partition.topic(), spans.size());
    }
  }
}
