package io.github.kafkagan.generator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kafkagan.pipeline.codec.Png;
import io.github.kafkagan.pipeline.contract.ImageRecord;
import io.github.kafkagan.pipeline.contract.SampleRecord;
import io.github.kafkagan.pipeline.contract.TopicDefinition;
import io.github.kafkagan.pipeline.contract.Topics;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What a producer and a trainer write into their topics, one record at a time. */
final class TrainingTopics implements AutoCloseable {
  private static final int SIDE = 28;

  private final TestPipeline pipeline;
  private final Topics topics;
  private final Producer<byte[], byte[]> producer;

  TrainingTopics(TestPipeline pipeline) {
    this.pipeline = pipeline;
    this.topics = pipeline.topics();
    Map<String, Object> properties = new HashMap<>(pipeline.clientProperties());
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  void create() throws Exception {
    for (TopicDefinition topic : List.of(topics.images(), topics.training(), topics.samples())) {
      pipeline.create(topic.name(), topic.partitions(), topic.settings());
    }
  }

  void createAnew(TopicDefinition topic) throws Exception {
    pipeline.delete(topic.name());
    pipeline.create(topic.name(), topic.partitions(), topic.settings());
  }

  /** The image at this position of the stream. */
  void image(long position) {
    send(
        new ProducerRecord<>(
            topics.images().name(),
            ImageRecord.partition(position, topics.images().partitions()),
            ImageRecord.key(position),
            new byte[SIDE * SIDE]));
  }

  /** The event of a step, each on 64 images; returns its offset. */
  long step(long step) {
    return event(
        "{\"type\":\"step\",\"model\":\"digits\",\"runId\":\"run\",\"timestamp\":%d,\"step\":%d,"
                .formatted(System.currentTimeMillis(), step)
            + "\"imagesSeen\":%d,\"imagesPerSecond\":640.5,\"lossDiscriminator\":1.25,"
                .formatted(step * 64)
            + "\"lossGenerator\":0.75,\"scoreReal\":0.6,\"scoreFake\":0.4}");
  }

  /** Any event; returns its offset. */
  long event(String json) {
    return send(
        new ProducerRecord<>(
            topics.training().name(), TestPipeline.MODEL.getBytes(UTF_8), json.getBytes(UTF_8)));
  }

  /** A contact sheet whose only image is of this grey; returns its offset. */
  long sheet(long step, int grey) {
    byte[] pixels = new byte[SIDE * SIDE];
    Arrays.fill(pixels, (byte) grey);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topics.samples().name(),
            TestPipeline.MODEL.getBytes(UTF_8),
            Png.encode(pixels, SIDE, SIDE, 1));
    record.headers().add(SampleRecord.step(step)).add(SampleRecord.images(step * 64));
    return send(record);
  }

  private long send(ProducerRecord<byte[], byte[]> record) {
    try {
      return producer.send(record).get().offset();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
