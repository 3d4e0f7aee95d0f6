package io.github.kafkagan.producer.publish;

import io.github.kafkagan.pipeline.process.UserError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from the broker how far the stream is. Ask after the transactional producer was
 * initialised, not before.
 */
final class StreamPositions implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StreamPositions.class);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

  private final PublishSettings settings;
  private final String topic;
  private final TopicPartition markPartition;
  private final KafkaConsumer<byte[], byte[]> consumer;

  StreamPositions(PublishSettings settings) {
    this.settings = settings;
    topic = settings.topic();
    markPartition = settings.markPartition();
    consumer =
        new KafkaConsumer<>(
            settings.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  ConsumerGroupMetadata group() {
    return consumer.groupMetadata();
  }

  /**
   * The mark to go on from. Where it is lost, or is of a topic that was since deleted and created
   * again, the topic's images tell.
   *
   * @param run of this process
   * @param fingerprint of the schedule to assume where no mark tells
   */
  StreamMark resume(String run, String fingerprint) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    Map<TopicPartition, PositionScan.Span> spans = spans(partitions);
    long written = spans.values().stream().mapToLong(PositionScan.Span::end).sum();
    Optional<StreamMark> mark =
        StreamMark.decode(consumer.committed(Set.of(markPartition)).get(markPartition))
            .filter(found -> found.position() <= written);
    if (mark.isPresent()) {
      if (mark.get().partitions() != partitions.size()) {
        throw otherPartitions(topic, partitions.size());
      }
      return mark.get();
    }
    long next = written == 0 ? 0 : new PositionScan(consumer, spans).next();
    if (written > 0) {
      log.atWarn()
          .addKeyValue("topic", topic)
          .addKeyValue("position", next)
          .log("Position not on record; found from the topic's images");
    }
    return new StreamMark(next, 0, partitions.size(), run, fingerprint);
  }

  /**
   * Not the consumer's end offsets: those stop at the first transaction that is open, even a
   * stranger's.
   */
  private Map<TopicPartition, PositionScan.Span> spans(List<TopicPartition> partitions) {
    try (Admin admin = Admin.create(settings.admin())) {
      var begins = admin.listOffsets(asked(partitions, OffsetSpec.earliest()));
      var ends = admin.listOffsets(asked(partitions, OffsetSpec.latest()));
      return partitions.stream()
          .collect(
              Collectors.toMap(
                  Function.identity(),
                  partition ->
                      new PositionScan.Span(
                          Futures.await(begins.partitionResult(partition)).offset(),
                          Futures.await(ends.partitionResult(partition)).offset())));
    }
  }

  private static Map<TopicPartition, OffsetSpec> asked(
      List<TopicPartition> partitions, OffsetSpec spec) {
    return partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> spec));
  }

  static UserError otherPartitions(String topic, int now) {
    return UserError.failed(
        "the stream in topic %s was begun with another number of partitions than its %d; use another --topic-prefix"
            .formatted(topic, now));
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(CLOSE_PATIENCE));
  }
}
