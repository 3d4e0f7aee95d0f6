package io.github.kafkagan.pipeline.checkpoint;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads what a one-partition topic holds now, once, from beginning to end. */
public final class TopicScan {
  private static final Duration POLL = Duration.ofMillis(100);

  private TopicScan() {}

  /**
   * Hands each record to {@code sink}.
   *
   * @param consumer its assignment is replaced
   */
  public static void read(
      org.apache.kafka.clients.consumer.Consumer<byte @Nullable [], byte @Nullable []> consumer,
      String topic,
      Consumer<ConsumerRecord<byte @Nullable [], byte @Nullable []>> sink) {
    TopicPartition partition = new TopicPartition(topic, 0);
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    while (consumer.position(partition) < end) {
      consumer.poll(POLL).records(partition).forEach(sink);
    }
  }
}
