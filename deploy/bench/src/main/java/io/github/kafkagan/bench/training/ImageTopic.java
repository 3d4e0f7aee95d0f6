package io.github.kafkagan.bench.training;

import io.github.kafkagan.bench.kafka.NewTopics;
import io.github.kafkagan.pipeline.contract.ImageRecord;
import io.github.kafkagan.pipeline.contract.TopicDefinition;
import io.github.kafkagan.pipeline.contract.Topics;
import io.github.kafkagan.pipeline.process.IdempotentProducer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Fills a broker's images topic, so that training never waits for a producer. */
public final class ImageTopic {
  private static final int IMAGE_BYTES = 28 * 28;
  private static final int CLASSES = 10;

  private ImageTopic() {}

  /** Creates all topics of a trainer and writes so many labelled images of noise. */
  public static void fill(String bootstrapServers, Topics topics, long images) {
    fill(bootstrapServers, topics, topics.images(), images);
  }

  /**
   * As {@link #fill(String, Topics, long)}.
   *
   * @param target the images topic, perhaps with another number of partitions
   */
  public static void fill(
      String bootstrapServers, Topics topics, TopicDefinition target, long images) {
    NewTopics.create(
        bootstrapServers,
        List.of(
            target,
            topics.checkpoints(),
            topics.trainerState(),
            topics.training(),
            topics.samples(),
            topics.rejected()));
    Map<String, Object> settings = new HashMap<>(IdempotentProducer.settings());
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("linger.ms", 20);
    settings.put("batch.size", ImageRecord.BATCH_BYTES);
    byte[] pixels = new byte[IMAGE_BYTES];
    Random random = new Random(1);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (long position = 0; position < images; position++) {
        random.nextBytes(pixels);
        ProducerRecord<byte[], byte[]> image =
            new ProducerRecord<>(
                target.name(),
                ImageRecord.partition(position, target.partitions()),
                ImageRecord.key(position),
                pixels.clone());
        image.headers().add(ImageRecord.LABEL, ImageRecord.labelHeader((int) (position % CLASSES)));
        producer.send(image);
      }
    }
  }
}
