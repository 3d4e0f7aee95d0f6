package io.github.kafkagan.producer.publish;

import io.github.kafkagan.pipeline.contract.ImageRecord;
import io.github.kafkagan.producer.schedule.ScheduledImage;
import io.github.kafkagan.producer.source.ImageSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Turns images into records of the images topic. */
final class ImageRecords {
  private final String topic;
  private final int partitions;
  private final Map<String, ImageHeaders> headers = new HashMap<>();

  ImageRecords(String topic, int partitions) {
    this.topic = topic;
    this.partitions = partitions;
  }

  /** The record of an image at a stream position; its timestamp is now. */
  ProducerRecord<byte[], byte[]> record(long position, ScheduledImage image) {
    ImageSet set = image.set();
    return new ProducerRecord<>(
        topic,
        ImageRecord.partition(position, partitions),
        System.currentTimeMillis(),
        ImageRecord.key(position),
        set.image(image.index()),
        headers.computeIfAbsent(set.name(), ImageHeaders::new).of(set.label(image.index())));
  }
}
