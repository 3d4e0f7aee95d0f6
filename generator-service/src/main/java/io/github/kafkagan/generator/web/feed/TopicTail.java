package io.github.kafkagan.generator.web.feed;

import io.github.kafkagan.generator.rollout.TopicWatch;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The end of one topic, as it is read: its first record, so that there is a beginning, then the
 * last ones and all that come. One thread uses it.
 */
final class TopicTail<T extends Remembered> {
  private final TopicPartition partition;
  private final TopicWatch watch;
  private final long lookBack;
  private final Function<ConsumerRecord<byte @Nullable [], byte @Nullable []>, T> reader;
  private final History<T> history;
  private final Foreign foreign;
  private OptionalLong jumpTo = OptionalLong.empty();
  private boolean positioned;

  /**
   * A tail that has not been read.
   *
   * @param lookBack how many offsets before the topic's end reading begins
   * @param reader throws an IllegalArgumentException for what is not one of the topic's records
   */
  TopicTail(
      String topic,
      TopicWatch watch,
      long lookBack,
      Function<ConsumerRecord<byte @Nullable [], byte @Nullable []>, T> reader,
      History<T> history,
      Foreign foreign) {
    this.partition = new TopicPartition(topic, 0);
    this.watch = watch;
    this.lookBack = lookBack;
    this.reader = reader;
    this.history = history;
    this.foreign = foreign;
  }

  TopicPartition partition() {
    return partition;
  }

  /** Looks at the topic now and then; whether it is there to be read. */
  boolean isThere() throws InterruptedException {
    if (watch.recreated()) {
      history.clear();
      positioned = false;
    }
    return watch.exists();
  }

  /** The consumer is another, or has been assigned other partitions. */
  void forgetPosition() {
    positioned = false;
  }

  /** Goes to where reading begins, unless it has begun; the partition is assigned. */
  void position(Consumer<?, ?> consumer) {
    if (positioned) {
      return;
    }
    List<TopicPartition> one = List.of(partition);
    long begin = consumer.beginningOffsets(one).getOrDefault(partition, 0L);
    long end = consumer.endOffsets(one).getOrDefault(partition, 0L);
    jumpTo = end - lookBack > begin ? OptionalLong.of(end - lookBack) : OptionalLong.empty();
    consumer.seek(partition, begin);
    positioned = true;
  }

  /** Takes what was polled of this topic. */
  void accept(
      Consumer<?, ?> consumer, ConsumerRecords<byte @Nullable [], byte @Nullable []> polled) {
    for (ConsumerRecord<byte @Nullable [], byte @Nullable []> record : polled.records(partition)) {
      try {
        history.add(reader.apply(record));
      } catch (IllegalArgumentException e) {
        foreign.passedOver(record, String.valueOf(e.getMessage()));
      }
      if (jumpTo.isPresent()) {
        consumer.seek(partition, Math.max(jumpTo.getAsLong(), record.offset() + 1));
        jumpTo = OptionalLong.empty();
        return; // The rest of what was polled comes again, or is too old.
      }
    }
  }
}
