package io.github.kafkagan.chaos;

import io.github.kafkagan.pipeline.checkpoint.Assembly;
import io.github.kafkagan.pipeline.checkpoint.CheckpointAssembler;
import io.github.kafkagan.pipeline.contract.Manifest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * All generators that were published whole, noted as they come, since the topic keeps only the
 * newest.
 */
final class PublishedCheckpoints implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long MAX_BYTES = 512L << 20;

  private final KafkaConsumer<byte @Nullable [], byte @Nullable []> consumer;
  private final CheckpointAssembler assembler = new CheckpointAssembler(key -> true, MAX_BYTES);
  private final Map<String, Manifest> bySha256 = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::run, "published-checkpoints");
  private volatile boolean stopped;
  private volatile @Nullable RuntimeException failure;

  private PublishedCheckpoints(KafkaConsumer<byte @Nullable [], byte @Nullable []> consumer) {
    this.consumer = consumer;
  }

  /** Begins to read the checkpoints topic, which exists, from its beginning. */
  static PublishedCheckpoints follow(Pipeline pipeline) {
    KafkaConsumer<byte @Nullable [], byte @Nullable []> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                pipeline.kafka().bootstrapServers(),
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    TopicPartition partition = new TopicPartition(pipeline.topics().checkpoints().name(), 0);
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    PublishedCheckpoints published = new PublishedCheckpoints(consumer);
    published.thread.start();
    return published;
  }

  private void run() {
    try (consumer) {
      while (!stopped) {
        for (ConsumerRecord<byte @Nullable [], byte @Nullable []> record : consumer.poll(POLL)) {
          if (assembler.accept(record) instanceof Assembly.Complete whole) {
            bySha256.put(whole.set().manifest().sha256(), whole.set().manifest());
          }
        }
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /** By the hashes of their bytes. */
  Map<String, Manifest> bySha256() {
    RuntimeException problem = failure;
    if (problem != null) {
      throw new AssertionError("checkpoints could not be read", problem);
    }
    return Map.copyOf(bySha256);
  }

  /** The most images that any of them was trained on; 0 before there is one. */
  long imagesSeen() {
    return bySha256().values().stream().mapToLong(Manifest::imagesSeen).max().orElse(0);
  }

  @Override
  public void close() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
