package io.github.kafkagan.generator;

import io.github.kafkagan.pipeline.process.IdempotentProducer;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** How Kafka Streams is set up so that replies are quick, and work is taken over quickly. */
final class StreamsSettings {
  /** Leaves half of the producer's default buffer to others; brokers' own limits are lower. */
  static final int MAX_REQUEST_BYTES = 16 << 20;

  /** By default a killed instance's partitions are without service for 45 s. */
  private static final Duration SESSION = Duration.ofSeconds(8);

  /** An instance that comes or goes is noticed by the others' next heartbeat. */
  private static final Duration HEARTBEAT = Duration.ofMillis(500);

  /** How long a killed instance's open transaction may hold back readers. */
  private static final Duration TRANSACTION = Duration.ofSeconds(5);

  private StreamsSettings() {}

  static Properties of(ServiceSettings settings) {
    Properties properties = new Properties();
    properties.putAll(settings.clientProperties());
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
    properties.put(
        StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
        settings.exactlyOnce() ? StreamsConfig.EXACTLY_ONCE_V2 : StreamsConfig.AT_LEAST_ONCE);
    properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
    properties.put(StreamsConfig.POLL_MS_CONFIG, 3);
    // The store holds seconds of work: a second instance need not catch up before it gets its
    // share.
    properties.put(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, Long.MAX_VALUE);
    settings
        .replicationFactor()
        .ifPresent(
            factor -> properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, factor.intValue()));
    consumer(properties, settings);
    producer(properties, settings);
    return properties;
  }

  private static void consumer(Properties properties, ServiceSettings settings) {
    putMain(properties, ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, settings.instanceId());
    putMain(properties, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) SESSION.toMillis());
    putMain(properties, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) HEARTBEAT.toMillis());
    putMain(properties, ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    // A group that is new answers what is already there.
    putMain(properties, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
  }

  private static void producer(Properties properties, ServiceSettings settings) {
    put(properties, ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    put(properties, ProducerConfig.LINGER_MS_CONFIG, 5);
    if (settings.exactlyOnce()) {
      put(properties, ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) TRANSACTION.toMillis());
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
