package io.github.kafkagan.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.pipeline.contract.ImageRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The keyed records of an images topic, in the order of each partition. */
public record CommittedImages(List<ConsumerRecord<byte[], byte[]>> records, int partitions) {

  /** What a read_committed consumer finds. */
  static CommittedImages read(LocalBroker broker, String topic) {
    return read(broker.bootstrapServers(), topic, "read_committed");
  }

  /** What was ever written, aborted transactions included. */
  static CommittedImages readUncommitted(LocalBroker broker, String topic) {
    return read(broker.bootstrapServers(), topic, "read_uncommitted");
  }

  private static CommittedImages read(String bootstrapServers, String topic, String isolation) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    int partitions = forEach(bootstrapServers, topic, isolation, records::add);
    return new CommittedImages(records, partitions);
  }

  /** Hands over what a read_committed consumer finds, and keeps none of it. */
  public static void forEach(
      String bootstrapServers, String topic, Consumer<ConsumerRecord<byte[], byte[]>> action) {
    int unused = forEach(bootstrapServers, topic, "read_committed", action);
  }

  /** Returns how many partitions there are. */
  private static int forEach(
      String bootstrapServers,
      String topic,
      String isolation,
      Consumer<ConsumerRecord<byte[], byte[]>> action) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrapServers, isolation)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = highWatermarks(bootstrapServers, partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          if (ImageRecord.position(record.key()).isPresent()) {
            action.accept(record);
          }
        }
      }
      return partitions.size();
    }
  }

  /**
   * A commit is acknowledged before its markers are in all partitions. A read_committed consumer's
   * own end offsets leave out what has none yet; one that reads to the high watermark waits for it.
   */
  private static Map<TopicPartition, Long> highWatermarks(
      String bootstrapServers, List<TopicPartition> partitions) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrapServers, "read_uncommitted")) {
      return consumer.endOffsets(partitions);
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers, String isolation) {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            isolation),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  public int size() {
    return records.size();
  }

  public static long position(ConsumerRecord<byte[], byte[]> record) {
    return ImageRecord.position(record.key()).orElseThrow();
  }

  /**
   * Each of the positions 0 to count − 1 is there once, in the partition that is its own, in order.
   */
  public CommittedImages assertExactlyOnce(long count) {
    ExactlyOnce stream = new ExactlyOnce(partitions);
    records.forEach(stream::require);
    assertThat(size()).isEqualTo(Math.toIntExact(count));
    return this;
  }
}
