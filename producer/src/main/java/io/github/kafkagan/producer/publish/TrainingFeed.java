package io.github.kafkagan.producer.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.TrainingEvent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads from the training topic where a model's training is in the stream. Of several events only
 * the newest counts.
 */
final class TrainingFeed implements AutoCloseable {
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

  private final Consumer<byte[], byte[]> consumer;
  private final TopicPartition partition;
  private final byte[] key;

  TrainingFeed(PublishSettings settings, Following following) {
    partition = new TopicPartition(following.topic(), 0);
    key = following.model().getBytes(UTF_8);
    consumer =
        new KafkaConsumer<>(
            settings.follower(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * The position in the newest event that the topic holds; empty if it holds none. Later ones are
   * read by {@link #poll}.
   *
   * @throws TimeoutException if the topic cannot be read in time
   */
  Optional<Long> newest() {
    List<TopicPartition> only = List.of(partition);
    long begin = consumer.beginningOffsets(only).getOrDefault(partition, 0L);
    long end = consumer.endOffsets(only).getOrDefault(partition, 0L);
    Optional<Long> found =
        new BackwardScan(consumer)
            .find(partition, begin, end, this::position, (earlier, later) -> later);
    consumer.assign(only);
    consumer.seek(partition, end);
    return found;
  }

  /** The position in the newest event that has come since; empty if none comes in time. */
  Optional<Long> poll(Duration timeout) {
    Optional<Long> newest = Optional.empty();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(timeout)) {
      Optional<Long> before = newest;
      newest = position(record).or(() -> before);
    }
    return newest;
  }

  private Optional<Long> position(ConsumerRecord<byte[], byte[]> record) {
    if (!Arrays.equals(key, record.key())) {
      return Optional.empty();
    }
    try {
      TrainingEvent event = Json.read(record.value(), TrainingEvent.class);
      long next = -1;
      if (event instanceof TrainingEvent.Step step) {
        next = step.nextPosition();
      } else if (event instanceof TrainingEvent.Waiting waiting) {
        next = waiting.nextPosition();
      }
      return next < 0 ? Optional.empty() : Optional.of(next);
    } catch (IllegalArgumentException e) {
      // Of another version of this pipeline: it tells no position.
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(CLOSE_PATIENCE));
  }
}
