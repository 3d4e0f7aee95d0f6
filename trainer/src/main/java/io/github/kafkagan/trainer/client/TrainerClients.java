package io.github.kafkagan.trainer.client;

import io.github.kafkagan.pipeline.contract.ImageRecord;
import io.github.kafkagan.pipeline.contract.Topics;
import io.github.kafkagan.pipeline.process.IdempotentProducer;
import io.github.kafkagan.trainer.checkpoint.OwnedLog;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The trainer's Kafka clients, all on the user's properties.
 *
 * @param common bootstrap servers, security and whatever else the user set
 * @param name of this model's trainer: its consumer group and transactional id
 */
public record TrainerClients(Map<String, Object> common, String name) {
  /** How soon a trainer notices that the images topic has got another partition. */
  private static final int METADATA_AGE_MS = 10_000;

  /**
   * A poll brings one partition's images. They wait for those of the others, and what waits on the
   * heap is copied by every garbage collection.
   */
  private static final int RECORDS_AT_A_TIME = 200;

  /** So does what was fetched and not polled yet: of all partitions, about so much. */
  private static final int FETCHED_BYTES = 16 << 20;

  /**
   * As large as the system finds right: in Kafka's 64 KB a broker can write no more of an answer
   * until the trainer has read.
   */
  private static final int RECEIVE_BUFFER = CommonClientConfigs.RECEIVE_BUFFER_LOWER_BOUND;

  /** The clients of a model's trainer. */
  public static TrainerClients of(Map<String, Object> common, Topics topics, String model) {
    return new TrainerClients(common, topics.prefix() + "trainer-" + model);
  }

  /** Reads only what was committed; never resets by itself. */
  public Consumer<byte @Nullable [], byte @Nullable []> consumer() {
    return consumer(Map.of());
  }

  /**
   * As {@link #consumer()}, for a topic whose partitions are put in order: of each, something is at
   * hand before the next image is due.
   */
  public Consumer<byte @Nullable [], byte @Nullable []> imagesConsumer(int partitions) {
    return consumer(imagesSettings(partitions));
  }

  static Map<String, Object> imagesSettings(int partitions) {
    int ofEach =
        Math.min(ConsumerConfig.DEFAULT_MAX_PARTITION_FETCH_BYTES, FETCHED_BYTES / partitions);
    return Map.of(
        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
        RECORDS_AT_A_TIME,
        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
        Math.max(ImageRecord.BATCH_BYTES, ofEach),
        ConsumerConfig.RECEIVE_BUFFER_CONFIG,
        RECEIVE_BUFFER);
  }

  private Consumer<byte @Nullable [], byte @Nullable []> consumer(Map<String, Object> further) {
    Map<String, Object> settings = new HashMap<>(further);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, name);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    return new KafkaConsumer<>(
        with(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** For checkpoints: all of one, or nothing, and only from the newest trainer of a model. */
  public Producer<byte[], byte[]> checkpointProducer() {
    return producer(
        Map.of(
            ProducerConfig.TRANSACTIONAL_ID_CONFIG, name,
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 20_000,
            ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000,
            ProducerConfig.LINGER_MS_CONFIG, 0));
  }

  /** For rejected records: nothing is lost. */
  public Producer<byte[], byte[]> rejectionProducer() {
    return producer(IdempotentProducer.settings());
  }

  /** For events: nothing ever waits. */
  public Producer<byte[], byte[]> eventProducer() {
    return producer(
        Map.of(
            ProducerConfig.ACKS_CONFIG,
            "1",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            false,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            0,
            ProducerConfig.LINGER_MS_CONFIG,
            50));
  }

  /** Tells whether a broker answers. */
  public BrokerWatch brokerWatch() {
    return BrokerWatch.start(Admin.create(common));
  }

  /** How the owner of the model reaches its log. */
  public OwnedLog.Clients ownedLog() {
    return new OwnedLog.Clients(this::checkpointProducer, this::consumer);
  }

  private Producer<byte[], byte[]> producer(Map<String, Object> settings) {
    return new KafkaProducer<>(
        with(settings), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private Map<String, Object> with(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>();
    all.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, METADATA_AGE_MS);
    all.putAll(common);
    all.putAll(settings);
    return all;
  }
}
