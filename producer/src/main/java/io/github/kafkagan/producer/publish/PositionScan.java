package io.github.kafkagan.producer.publish;

import io.github.kafkagan.pipeline.contract.ImageRecord;
import io.github.kafkagan.pipeline.process.UserError;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Finds the next position from the images themselves, for a topic whose mark is gone.
 *
 * <p>The record before the end offset is a control marker even after a clean commit, and a run of
 * aborted transactions may be long, so each partition is scanned backwards.
 */
final class PositionScan {
  private final BackwardScan scan;
  private final Map<TopicPartition, Span> spans;

  /**
   * What a partition holds.
   *
   * @param begin offset of its first record
   * @param end its high watermark; transactions that are open below it are waited for
   */
  record Span(long begin, long end) {}

  /**
   * @param consumer read_committed; its assignment is replaced
   * @param spans of each of the topic's partitions
   */
  PositionScan(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Span> spans) {
    this.scan = new BackwardScan(consumer);
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
      Optional<Long> found =
          scan.find(entry.getKey(), span.begin(), span.end(), this::position, Math::max);
      highest = Math.max(highest, found.orElse(-1L));
    }
    boolean deleted = spans.values().stream().anyMatch(span -> span.begin() > 0);
    return highest < 0 && deleted
        ? spans.values().stream().mapToLong(Span::end).sum()
        : highest + 1;
  }

  private Optional<Long> position(ConsumerRecord<byte[], byte[]> record) {
    OptionalLong position = ImageRecord.position(record.key());
    if (position.isEmpty()) {
      return Optional.empty();
    }
    if (ImageRecord.partition(position.getAsLong(), spans.size()) != record.partition()) {
      throw StreamPositions.otherPartitions(record.topic(), spans.size());
    }
    return Optional.of(position.getAsLong());
  }
}
