package io.github.kafkagan.producer.publish;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Looks for something that is near a partition's end, but not always in its last record: the
 * partition is read backwards in windows that grow until one holds it.
 */
final class BackwardScan {
  private static final long FIRST_WINDOW = 64;
  private static final int GROWTH = 4;
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Consumer<byte[], byte[]> consumer;
  private final long deadline = System.nanoTime() + PATIENCE.toNanos();

  /**
   * A scan of one or more partitions, which together may take 30 s.
   *
   * @param consumer its assignment is replaced
   */
  BackwardScan(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /**
   * What the last window that holds something holds; empty if no record has anything.
   *
   * @param begin offset of the first record
   * @param end offset behind the last one
   * @param reading what a record holds
   * @param choice of two findings in a window, in the order of their records
   * @throws TimeoutException if the partition cannot be read in time
   */
  <T> Optional<T> find(
      TopicPartition partition,
      long begin,
      long end,
      Function<ConsumerRecord<byte[], byte[]>, Optional<T>> reading,
      BinaryOperator<T> choice) {
    long window = FIRST_WINDOW;
    for (long to = end; to > begin; window *= GROWTH) {
      long from = Math.max(begin, to - window);
      Optional<T> found = within(partition, from, to, reading, choice);
      if (found.isPresent()) {
        return found;
      }
      to = from;
    }
    return Optional.empty();
  }

  private <T> Optional<T> within(
      TopicPartition partition,
      long from,
      long to,
      Function<ConsumerRecord<byte[], byte[]>, Optional<T>> reading,
      BinaryOperator<T> choice) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    Optional<T> chosen = Optional.empty();
    while (consumer.position(partition) < to) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException(
            "reading the end of " + partition + " took over " + PATIENCE.toSeconds() + " s");
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        Optional<T> found = record.offset() < to ? reading.apply(record) : Optional.empty();
        Optional<T> before = chosen;
        chosen =
            found
                .map(next -> before.map(last -> choice.apply(last, next)).orElse(next))
                .or(() -> before);
      }
    }
    return chosen;
  }
}
