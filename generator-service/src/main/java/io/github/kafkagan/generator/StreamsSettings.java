package io.github.kafkagan.generator;

import io.github.kafkagan.pipeline.process.IdempotentProducer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How Kafka Streams is set up so that replies are quick, and work is taken over quickly.
 *
 * @param applicationId name of the consumer group, and what internal topics' names begin with
 * @param instanceId which of several instances this is, the same after a restart
 * @param exactlyOnce whether each record is answered once in spite of crashes, or at least once
 * @param replicationFactor of internal topics; the broker's default if empty
 * @param clientProperties for every Kafka client
 */
public record StreamsSettings(
    String applicationId,
    String instanceId,
    boolean exactlyOnce,
    Optional<Short> replicationFactor,
    Map<String, Object> clientProperties) {
  /** Leaves half of the producer's default buffer to others; brokers' own limits are lower. */
  static final int MAX_REQUEST_BYTES = 16 << 20;

  /** By default a killed instance's partitions are without service for 45 s. */
  private static final Duration SESSION = Duration.ofSeconds(8);

  /** An instance that comes or goes is noticed by the others' next heartbeat. */
  private static final Duration HEARTBEAT = Duration.ofMillis(500);

  /** How long a killed instance's open transaction may hold back readers. */
  private static final Duration TRANSACTION = Duration.ofSeconds(5);

  /**
   * After which a broker that neither answers nor hangs up is given up for another. A client that
   * rejoins its group waits this long a few times over; by default it would be minutes.
   */
  private static final Duration REQUEST = Duration.ofSeconds(5);

  /**
   * After which a commit that comes before the broker is through with the last one is tried again,
   * and doubled each time; by default the stream thread stands still for 100 ms.
   */
  private static final Duration COMMIT_RETRY = Duration.ofMillis(10);

  /**
   * A stream thread asks for more, and notices that its group rebalances, only when it is through
   * with what it got; by default that is up to a thousand requests.
   */
  private static final int REQUESTS_AT_A_TIME = 100;

  public StreamsSettings {
    clientProperties = Map.copyOf(clientProperties);
  }

  static StreamsSettings of(ServiceSettings settings) {
    return new StreamsSettings(
        settings.applicationId(),
        settings.instanceId(),
        settings.exactlyOnce(),
        settings.replicationFactor(),
        settings.clientProperties());
  }

  /** The clients that go with {@link #properties}. */
  public KafkaClientSupplier clients() {
    return new StableClients(applicationId, instanceId);
  }

  /** As Kafka Streams takes them. */
  public Properties properties() {
    Properties properties = new Properties();
    properties.putAll(clientProperties);
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    properties.put(
        StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
        exactlyOnce ? StreamsConfig.EXACTLY_ONCE_V2 : StreamsConfig.AT_LEAST_ONCE);
    properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
    properties.put(StreamsConfig.POLL_MS_CONFIG, 3);
    // The store holds seconds of work: a second instance need not catch up before it gets its
    // share.
    properties.put(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, Long.MAX_VALUE);
    properties.putIfAbsent(StreamsConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST.toMillis());
    replicationFactor.ifPresent(
        factor -> properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, factor.intValue()));
    consumer(properties);
    producer(properties);
    return properties;
  }

  private void consumer(Properties properties) {
    putMain(properties, ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instanceId);
    putMain(properties, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) SESSION.toMillis());
    putMain(properties, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) HEARTBEAT.toMillis());
    putMain(properties, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, REQUESTS_AT_A_TIME);
    putMain(properties, ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    // A group that is new answers what is already there.
    putMain(properties, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
  }

  private void producer(Properties properties) {
    put(properties, ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    put(properties, ProducerConfig.LINGER_MS_CONFIG, 5);
    if (exactlyOnce) {
      put(properties, ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) TRANSACTION.toMillis());
      put(properties, ProducerConfig.RETRY_BACKOFF_MS_CONFIG, COMMIT_RETRY.toMillis());
    } else {
      IdempotentProducer.settings().forEach((name, value) -> put(properties, name, value));
    }
  }

  private static void putMain(Properties properties, String name, Object value) {
    properties.put(StreamsConfig.mainConsumerPrefix(name), value);
  }

  private static void put(Properties properties, String name, Object value) {
    properties.put(StreamsConfig.producerPrefix(name), value);
  }
}
