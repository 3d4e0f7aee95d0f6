package io.github.kafkagan.producer.publish;

import io.github.kafkagan.pipeline.contract.ImageRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;

/**
 * Where and how the stream is written.
 *
 * @param topic the images topic
 * @param client properties of all clients, which win over the defaults here
 * @param following whose training the stream keeps pace with; empty for none
 */
public record PublishSettings(
    String topic, Map<String, Object> client, Optional<Following> following) {
  /**
   * A transaction ends after a fifth of a second; one that is still open after this time lost its
   * producer, and until then holds up whoever reads the topic.
   */
  private static final int TRANSACTION_TIMEOUT_MS = 10_000;

  /** A call that waits for an absent broker looks this often whether the process should stop. */
  private static final int MAX_BLOCK_MS = 3_000;

  /** Questions to the broker are given up before the process that asks is missed. */
  private static final Map<String, Object> QUESTIONS =
      Map.of(
          CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 5_000,
          CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 8_000);

  public PublishSettings {
    client = Map.copyOf(client);
  }

  /**
   * One per topic, because positions count the topic's images: a second producer fences the first.
   */
  String transactionalId() {
    return topic + "-producer";
  }

  /** Holds the stream's mark. */
  String group() {
    return topic + "-producer";
  }

  /** Where the mark is committed: an offset, and so gone when the topic is deleted. */
  TopicPartition markPartition() {
    return new TopicPartition(topic, 0);
  }

  Map<String, Object> admin() {
    Map<String, Object> properties = new HashMap<>(QUESTIONS);
    properties.putAll(client);
    return properties;
  }

  /** Settings of the client that writes images. */
  public Map<String, Object> producer() {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, ImageRecord.BATCH_BYTES);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 10);
    // Costs no throughput (two cores, 400,000 MNIST images: 52,000 images/s with it, 51,000
    // without, medians of three) and fits three times as many images into the topic's retention.
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L << 20);
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 4 << 20);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
    properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
    properties.put(ProducerConfig.CLIENT_ID_CONFIG, transactionalId());
    properties.putAll(client);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId());
    return properties;
  }

  /** A consumer that joins nothing: it reads the mark, and the topic's end where there is none. */
  Map<String, Object> consumer() {
    Map<String, Object> properties = new HashMap<>(QUESTIONS);
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, transactionalId());
    properties.putAll(client);
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, group());
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    return properties;
  }

  /** A consumer that reads the training topic. If that is created anew, it begins anew. */
  Map<String, Object> follower() {
    Map<String, Object> properties = new HashMap<>(QUESTIONS);
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, transactionalId() + "-follower");
    properties.putAll(client);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return properties;
  }
}
