package io.github.kafkagan.bench.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kafkagan.bench.kafka.Channel;
import io.github.kafkagan.pipeline.contract.TopicDefinition;
import io.github.kafkagan.pipeline.process.IdempotentProducer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ObjLongConsumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Answers a channel's requests from a thread, as a test wants. */
final class Responder implements AutoCloseable {
  private static final byte[] IMAGE = new byte[1100];
  private static final Duration POLL = Duration.ofMillis(10);

  private final String replies;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final ObjLongConsumer<Responder> behaviour;
  private final Thread thread = new Thread(this::run, "responder");
  private final AtomicLong requests = new AtomicLong();
  private volatile boolean stopped;
  private byte[] key = new byte[0];

  private Responder(Channel channel, ObjLongConsumer<Responder> behaviour) {
    this.behaviour = behaviour;
    replies = channel.topics().replies().name();
    consumer =
        new KafkaConsumer<>(
            channel.clientProperties(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    TopicDefinition requests = channel.topics().requests();
    List<TopicPartition> partitions =
        IntStream.range(0, requests.partitions())
            .mapToObj(number -> new TopicPartition(requests.name(), number))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<String, Object> sending = new HashMap<>(channel.clientProperties());
    sending.putAll(IdempotentProducer.settings());
    sending.put("linger.ms", 0);
    producer = new KafkaProducer<>(sending, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Starts answering.
   *
   * @param behaviour told how many requests came before this one
   */
  static Responder start(Channel channel, ObjLongConsumer<Responder> behaviour) {
    Responder responder = new Responder(channel, behaviour);
    responder.thread.start();
    return responder;
  }

  /** Answers the request at hand by what may be an image. */
  void image() {
    send(key, IMAGE);
  }

  /** Answers the request at hand by something else. */
  void error() {
    send(key, "{\"error\": {\"code\": \"of-the-test\"}}".getBytes(UTF_8));
  }

  void send(byte[] toKey, byte[] value) {
    producer.send(new ProducerRecord<>(replies, toKey, value));
  }

  /** How many requests it has taken. */
  long requests() {
    return requests.get();
  }

  private void run() {
    while (!stopped) {
      for (ConsumerRecord<byte[], byte[]> request : consumer.poll(POLL)) {
        key = request.key();
        behaviour.accept(this, requests.getAndIncrement());
      }
    }
    consumer.close();
    producer.close();
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
