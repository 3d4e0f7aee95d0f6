package io.github.kafkagan.generator;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Kafka clients whose transactional ids are the same after a restart. Streams makes up new ones at
 * each start unless it keeps a folder on disk, and the transaction that a killed process left open
 * then holds back readers until it times out; under its old id the new process aborts it at once.
 */
final class StableClients implements KafkaClientSupplier {
  private final String applicationId;
  private final String instanceId;

  StableClients(String applicationId, String instanceId) {
    this.applicationId = applicationId;
    this.instanceId = instanceId;
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    Map<String, Object> stable = new HashMap<>(config);
    stable.computeIfPresent(ProducerConfig.TRANSACTIONAL_ID_CONFIG, (name, id) -> stable(id));
    return new KafkaProducer<>(stable, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Streams' ids are application, process and number of the thread, with hyphens between. */
  private String stable(Object id) {
    String thread = id.toString().substring(id.toString().lastIndexOf('-'));
    return applicationId + "-" + instanceId + thread;
  }

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return Admin.create(config);
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return getConsumer(config);
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return getConsumer(config);
  }
}
