package io.github.kafkagan.producer;

import io.github.kafkagan.pipeline.contract.ImageRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Images topics, and what operators and strangers do to them and to a stream's mark. */
final class TestTopics implements AutoCloseable {
  private final Map<String, Object> clientProperties;
  private final int partitions;
  private final Admin admin;

  TestTopics(Map<String, Object> clientProperties, int partitions) {
    this.clientProperties = clientProperties;
    this.partitions = partitions;
    this.admin = Admin.create(clientProperties);
  }

  /** Creates a topic; returns its name. */
  String create(String topic) throws Exception {
    admin
        .createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty())))
        .all()
        .get();
    return topic;
  }

  /** Deletes a topic, and waits until it is gone. */
  void delete(String topic) throws Exception {
    admin.deleteTopics(List.of(topic)).all().get();
    Eventually.await("the topic is gone", () -> !admin.listTopics().names().get().contains(topic));
  }

  void deleteRecords(String topic) throws Exception {
    Map<TopicPartition, RecordsToDelete> all =
        IntStream.range(0, partitions)
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .collect(Collectors.toMap(p -> p, p -> RecordsToDelete.beforeOffset(-1)));
    admin.deleteRecords(all).all().get();
  }

  void widen(String topic, int to) throws Exception {
    admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(to))).all().get();
  }

  /** Where the stream is, as its producer left it. */
  OffsetAndMetadata mark(String topic) throws Exception {
    return Objects.requireNonNull(
        admin
            .listConsumerGroupOffsets(group(topic))
            .partitionsToOffsetAndMetadata()
            .get()
            .get(marked(topic)));
  }

  /** Refused for as long as the broker has not heard of a new topic. */
  void putMarkBack(String topic, OffsetAndMetadata mark) throws Exception {
    Eventually.await(
        "the mark is back",
        () -> {
          try {
            admin.alterConsumerGroupOffsets(group(topic), Map.of(marked(topic), mark)).all().get();
            return true;
          } catch (ExecutionException e) {
            return false;
          }
        });
  }

  void deleteMark(String topic) throws Exception {
    admin.deleteConsumerGroupOffsets(group(topic), Set.of(marked(topic))).all().get();
  }

  private static TopicPartition marked(String topic) {
    return new TopicPartition(topic, 0);
  }

  private static String group(String topic) {
    return topic + "-producer";
  }

  /** A producer that is not ours, with transactions. */
  KafkaProducer<byte[], byte[]> stranger(String transactionalId) {
    Map<String, Object> properties = new HashMap<>(clientProperties);
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    var stranger =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    stranger.initTransactions();
    return stranger;
  }

  /** Sends records that look like images of these positions. */
  void sendKeyed(KafkaProducer<byte[], byte[]> producer, String topic, int count, long from) {
    for (long position = from; position < from + count; position++) {
      var unused =
          producer.send(
              new ProducerRecord<>(
                  topic,
                  ImageRecord.partition(position, partitions),
                  ImageRecord.key(position),
                  new byte[] {1}));
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
