package io.github.kafkagan.bench.peer;

import io.github.kafkagan.bench.kafka.Channel;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.GenerationRequest;
import io.github.kafkagan.pipeline.process.StopSignal;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A service without batches: makes an image for each request, one after the other, sends the
 * replies, and commits them with the requests' offsets.
 *
 * @param atOnce how many requests share a transaction at most; with 1, each is answered and
 *     committed before the next is looked at
 */
record OneAtATime(Channel channel, OneImage generator, int atOnce) {
  static final int POLL_AT_ONCE = ConsumerConfig.DEFAULT_MAX_POLL_RECORDS;

  private static final Duration POLL = Duration.ofMillis(100);

  void run(StopSignal stop) {
    RandomGenerator random = new SplittableRandom();
    try (Consumer<byte[], byte[]> consumer = consumer();
        Producer<byte[], byte[]> producer = producer()) {
      producer.initTransactions();
      consumer.subscribe(List.of(channel.topics().requests().name()));
      while (!stop.requested()) {
        ConsumerRecords<byte[], byte[]> requests = consumer.poll(POLL);
        if (!requests.isEmpty()) {
          producer.beginTransaction();
          for (ConsumerRecord<byte[], byte[]> request : requests) {
            producer.send(reply(request, random));
          }
          producer.sendOffsetsToTransaction(requests.nextOffsets(), consumer.groupMetadata());
          producer.commitTransaction();
        }
      }
    }
  }

  private ProducerRecord<byte[], byte[]> reply(
      ConsumerRecord<byte[], byte[]> record, RandomGenerator random) {
    GenerationRequest request = GenerationRequest.parse(record.value());
    byte[] pixels = generator.generate(random);
    Map<String, Object> reply = new HashMap<>();
    reply.put("id", request.id());
    reply.put("format", request.format());
    reply.put("images", List.of(Base64.getEncoder().encodeToString(pixels)));
    return new ProducerRecord<>(channel.topics().replies().name(), record.key(), Json.bytes(reply));
  }

  private Consumer<byte[], byte[]> consumer() {
    Map<String, Object> properties = new HashMap<>(channel.clientProperties());
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, name());
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, atOnce);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private Producer<byte[], byte[]> producer() {
    Map<String, Object> properties = new HashMap<>(channel.clientProperties());
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, name());
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private String name() {
    return channel.topics().prefix() + "one-at-a-time";
  }
}
