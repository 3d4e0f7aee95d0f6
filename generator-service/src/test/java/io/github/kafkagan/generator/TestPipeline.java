package io.github.kafkagan.generator;

import ai.djl.Device;
import io.github.kafkagan.generator.rollout.GanGenerator;
import io.github.kafkagan.generator.rollout.GanScorer;
import io.github.kafkagan.generator.rollout.ServedModels;
import io.github.kafkagan.generator.rollout.Serving;
import io.github.kafkagan.generator.sample.SamplerSettings;
import io.github.kafkagan.pipeline.checkpoint.CheckpointRecords;
import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.contract.TopicDefinition;
import io.github.kafkagan.pipeline.contract.Topics;
import io.github.kafkagan.pipeline.observe.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topics of one pipeline on a broker, with a trainer's producer of checkpoints. */
final class TestPipeline implements AutoCloseable {
  static final String MODEL = "digits";

  private final String bootstrapServers;
  private final Topics topics;
  private final Admin admin;
  private final Producer<byte[], byte[]> trainer;

  TestPipeline(String bootstrapServers) throws Exception {
    this.bootstrapServers = bootstrapServers;
    this.topics = new Topics("t" + UUID.randomUUID().toString().substring(0, 8) + ".");
    this.admin = Admin.create(clientProperties());
    for (TopicDefinition topic :
        List.of(topics.checkpoints(), topics.requests(), topics.replies(), topics.rejected())) {
      create(topic.name(), topic.partitions(), topic.settings());
    }
    this.trainer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                topics.prefix() + "trainer"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    trainer.initTransactions();
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  Topics topics() {
    return topics;
  }

  Map<String, Object> clientProperties() {
    return Map.of("bootstrap.servers", bootstrapServers);
  }

  void create(String topic, int partitions, Map<String, String> settings) throws Exception {
    admin
        .createTopics(
            List.of(
                new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(settings)))
        .all()
        .get();
    Await.until(() -> exists(topic));
  }

  /** Brokers hear of a new topic a moment after it was created. */
  private boolean exists(String topic) {
    return !admin.describeTopics(List.of(topic)).topicNameValues().values().stream()
        .map(future -> future.toCompletionStage().toCompletableFuture())
        .map(future -> future.handle((description, failure) -> failure))
        .allMatch(future -> future.join() != null);
  }

  void delete(String topic) throws Exception {
    admin.deleteTopics(List.of(topic)).all().get();
  }

  List<ProducerRecord<byte[], byte[]>> records(CheckpointSet set) {
    return CheckpointRecords.of(topics.checkpoints().name(), set, 0);
  }

  /** Publishes a checkpoint as a trainer does. */
  void publish(CheckpointSet set) {
    publish(records(set));
  }

  void publish(List<ProducerRecord<byte[], byte[]>> records) {
    send(records);
    trainer.commitTransaction();
  }

  /** Writes a checkpoint and takes it back. */
  void abort(CheckpointSet set) {
    send(records(set));
    trainer.flush();
    trainer.abortTransaction();
  }

  private void send(List<ProducerRecord<byte[], byte[]>> records) {
    trainer.beginTransaction();
    for (ProducerRecord<byte[], byte[]> record : records) {
      Future<RecordMetadata> unused = trainer.send(record);
    }
  }

  /** A service in this process, reading requests. */
  GeneratorService service(Metrics metrics) {
    return service(metrics, Serving.latest());
  }

  GeneratorService service(Metrics metrics, Serving serving) {
    GeneratorService service =
        new GeneratorService(
            new ServiceSettings(
                topics,
                new ServedModels.Settings(MODEL, serving, 8),
                "instance",
                true,
                new SamplerSettings(32, Duration.ofMillis(25), Duration.ofSeconds(10)),
                null,
                Optional.empty(),
                clientProperties()),
            GanGenerator.loader(Device.cpu()),
            GanScorer.loader(Device.cpu()),
            metrics);
    Await.until(service::bootstrapped);
    service.serve();
    return service;
  }

  @Override
  public void close() {
    trainer.close();
    admin.close();
  }
}
