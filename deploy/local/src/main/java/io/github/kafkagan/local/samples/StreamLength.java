package io.github.kafkagan.local.samples;

import io.github.kafkagan.pipeline.contract.ImageRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Counts the images of a stream that is complete, by their positions in it. */
public final class StreamLength {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long FIRST_WINDOW = 100;

  private StreamLength() {}

  /** One more than the highest position in the images topic; 0 if it has no images. */
  public static long read(String bootstrapServers, String imagesTopic) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(imagesTopic).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      return partitions.stream().mapToLong(partition -> read(consumer, partition)).max().orElse(0);
    }
  }

  /** The end of the log holds transaction markers, so looks back until there is an image. */
  private static long read(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
    consumer.assign(List.of(partition));
    long start = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    long length = 0;
    for (long window = FIRST_WINDOW; length == 0; window *= 10) {
      long from = Math.max(start, end - window);
      consumer.seek(partition, from);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> image : consumer.poll(POLL)) {
          length = Math.max(length, ImageRecord.position(image.key()).orElse(-1) + 1);
        }
      }
      if (from == start) {
        break;
      }
    }
    return length;
  }
}
