package io.github.kafkagan.generator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kafkagan.pipeline.conformance.ContractSchema;
import io.github.kafkagan.pipeline.contract.GenerationReply;
import io.github.kafkagan.pipeline.process.IdempotentProducer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A client that asks by topic and reads committed replies. A request's id is also its key. What it
 * gets has to be as the contract says, and so has to be what it sent where images came back.
 */
final class Requester implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  private final String requestsTopic;
  private final Producer<byte[], byte[]> producer;
  private final Consumer<byte[], byte[]> consumer;
  private final ContractSchema requestSchema = ContractSchema.request();
  private final ReplyContract contract = new ReplyContract();
  private final Map<String, byte[]> requests = new HashMap<>();
  private final Map<String, List<ConsumerRecord<byte[], byte[]>>> replies = new HashMap<>();

  Requester(TestPipeline pipeline, String... replyTopics) {
    requestsTopic = pipeline.topics().requests().name();
    Map<String, Object> properties = new HashMap<>(pipeline.clientProperties());
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : replyTopics) {
      for (PartitionInfo partition : consumer.partitionsFor(topic)) {
        partitions.add(new TopicPartition(topic, partition.partition()));
      }
    }
    consumer.assign(partitions);
    Map<String, Object> sending = new HashMap<>(pipeline.clientProperties());
    sending.putAll(IdempotentProducer.settings());
    sending.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    producer = new KafkaProducer<>(sending, new ByteArraySerializer(), new ByteArraySerializer());
  }

  static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(UTF_8));
  }

  /** Sends a request, whose fields besides the id are given as JSON, such as {@code "count": 2}. */
  void ask(String id, String fields, Header... headers) {
    String json = "{\"id\": \"%s\"%s}".formatted(id, fields.isEmpty() ? "" : ", " + fields);
    send(id, json, headers);
  }

  void send(String key, String value, Header... headers) {
    requests.put(key, value.getBytes(UTF_8));
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(
                requestsTopic, null, key.getBytes(UTF_8), value.getBytes(UTF_8), List.of(headers)));
  }

  /** Takes the replies that are there. */
  void poll() {
    for (ConsumerRecord<byte[], byte[]> reply : consumer.poll(POLL)) {
      String key = new String(reply.key(), UTF_8);
      requireAsInContract(key, reply);
      replies.computeIfAbsent(key, unknown -> new ArrayList<>()).add(reply);
    }
  }

  private void requireAsInContract(String key, ConsumerRecord<byte[], byte[]> reply) {
    Map<String, String> headers = contract.require(reply.value(), reply.headers());
    byte[] request = requests.get(key);
    if (request != null && ReplyContract.IMAGES.equals(headers.get("ce_type"))) {
      requestSchema.require(request);
    }
  }

  /** The first reply with this key. */
  ConsumerRecord<byte[], byte[]> reply(String key) {
    Await.until(
        () -> {
          poll();
          return replies.containsKey(key);
        });
    return replies.getOrDefault(key, List.of()).get(0);
  }

  GenerationReply.Images images(String id) {
    return (GenerationReply.Images) GenerationReply.read(reply(id).value());
  }

  GenerationReply.Failure failure(String id) {
    return (GenerationReply.Failure) GenerationReply.read(reply(id).value());
  }

  boolean hasAnswered(String key) {
    return replies.containsKey(key);
  }

  Set<String> answered() {
    return new HashSet<>(replies.keySet());
  }

  /** Keys that got more than one reply. */
  List<String> answeredTwice() {
    return replies.entrySet().stream()
        .filter(entry -> entry.getValue().size() > 1)
        .map(Map.Entry::getKey)
        .toList();
  }

  List<GenerationReply> all() {
    return replies.values().stream()
        .flatMap(List::stream)
        .map(reply -> GenerationReply.read(reply.value()))
        .toList();
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
  }
}
