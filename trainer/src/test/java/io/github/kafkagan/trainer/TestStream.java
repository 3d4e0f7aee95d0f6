package io.github.kafkagan.trainer;

import io.github.kafkagan.pipeline.contract.ImageRecord;
import io.github.kafkagan.pipeline.contract.TopicDefinition;
import io.github.kafkagan.pipeline.contract.Topics;
import io.github.kafkagan.pipeline.process.IdempotentProducer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** What surrounds a trainer in a test: a stream of images, and a look into its topics. */
record TestStream(String bootstrapServers, Topics topics) {
  static final int IMAGE_BYTES = 28 * 28;
  static final int CLASSES = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  void create(TopicDefinition topic) throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
                      .configs(topic.settings())))
          .all()
          .get();
    }
  }

  /** Writes labelled images at stream positions {@code from} to {@code to}, exclusively. */
  void produce(long from, long to) throws InterruptedException, ExecutionException {
    produce(from, to, IMAGE_BYTES);
  }

  /** Likewise, of another size. */
  void produce(long from, long to, int imageBytes) throws InterruptedException, ExecutionException {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (Producer<byte[], byte[]> producer = producer()) {
      for (long position = from; position < to; position++) {
        sent.add(producer.send(image(position, imageBytes)));
      }
    }
    for (Future<RecordMetadata> record : sent) {
      record.get();
    }
  }

  /** A blurred bar whose place depends on its class. */
  ProducerRecord<byte[], byte[]> image(long position, int imageBytes) {
    Random random = new Random(position);
    int label = random.nextInt(CLASSES);
    byte[] pixels = new byte[imageBytes];
    for (int i = 0; i < imageBytes; i++) {
      boolean bar = Math.abs(i % 28 - 2 * label - 4) < 2;
      pixels[i] = (byte) (bar ? 200 + random.nextInt(56) : random.nextInt(40));
    }
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topics.images().name(),
            ImageRecord.partition(position, topics.images().partitions()),
            ImageRecord.key(position),
            pixels);
    record.headers().add(ImageRecord.LABEL, ImageRecord.labelHeader(label));
    return record;
  }

  Producer<byte[], byte[]> producer() {
    Map<String, Object> settings = new HashMap<>(IdempotentProducer.settings());
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("linger.ms", 5);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  Consumer<byte @Nullable [], byte @Nullable []> consumer() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("isolation.level", "read_committed");
    settings.put("auto.offset.reset", "earliest");
    settings.put("fetch.max.wait.ms", 50);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Reads a one-partition topic from its beginning until a record is as wanted; returns it. */
  ConsumerRecord<byte @Nullable [], byte @Nullable []> await(
      TopicDefinition topic,
      Predicate<ConsumerRecord<byte @Nullable [], byte @Nullable []>> wanted) {
    try (Consumer<byte @Nullable [], byte @Nullable []> consumer = consumer()) {
      consumer.assign(List.of(new TopicPartition(topic.name(), 0)));
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (System.nanoTime() < deadline) {
        for (ConsumerRecord<byte @Nullable [], byte @Nullable []> record :
            consumer.poll(Duration.ofMillis(100))) {
          if (wanted.test(record)) {
            return record;
          }
        }
      }
    }
    throw new AssertionError("no such record in " + topic.name() + " within " + PATIENCE);
  }
}
