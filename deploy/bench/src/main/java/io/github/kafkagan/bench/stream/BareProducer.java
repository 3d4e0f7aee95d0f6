package io.github.kafkagan.bench.stream;

import io.github.kafkagan.pipeline.contract.ImageRecord;
import io.github.kafkagan.producer.publish.ImageHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The least that writes the producer's records, which is a limit to it: Kafka's client alone, with
 * the same images, keys and headers, in transactions as long. It keeps to no order or rate, and
 * leaves no mark of how far it has come.
 */
final class BareProducer {
  /** What the producer calls a data set by default. */
  private static final String DATASET = "mnist";

  /** Writes until it is killed. Arguments: file of the client's settings, topic, partitions. */
  public static void main(String[] arguments) throws IOException {
    Properties settings = new Properties();
    try (var file = Files.newBufferedReader(Path.of(arguments[0]))) {
      settings.load(file);
    }
    Records records = new Records(arguments[1], Integer.parseInt(arguments[2]));
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      long position = 0;
      while (true) {
        position = transaction(producer, records, position);
      }
    }
  }

  private static long transaction(
      Producer<byte[], byte[]> producer, Records records, long position) {
    long next = position;
    producer.beginTransaction();
    long end = System.nanoTime() + Duration.ofMillis(Produce.TRANSACTION_MS).toNanos();
    while (System.nanoTime() < end) {
      // A send that fails makes the commit fail.
      var unused = producer.send(records.at(next));
      next++;
    }
    producer.commitTransaction();
    return next;
  }

  private BareProducer() {}

  /** Images that are there before the first is asked for, with the producer's own headers. */
  private static final class Records {
    private final SplittableRandom random = new SplittableRandom(1);
    private final ImageHeaders headers = new ImageHeaders(DATASET);
    private final List<byte[]> images = new ArrayList<>();
    private final String topic;
    private final int partitions;

    Records(String topic, int partitions) {
      this.topic = topic;
      this.partitions = partitions;
      StrokeImages drawn = StrokeImages.draw(Produce.IMAGES);
      for (int image = 0; image < drawn.count(); image++) {
        images.add(drawn.image(image));
      }
    }

    ProducerRecord<byte[], byte[]> at(long position) {
      int image = random.nextInt(images.size());
      return new ProducerRecord<>(
          topic,
          ImageRecord.partition(position, partitions),
          System.currentTimeMillis(),
          ImageRecord.key(position),
          images.get(image),
          headers.of(OptionalInt.of(StrokeImages.label(image))));
    }
  }
}
