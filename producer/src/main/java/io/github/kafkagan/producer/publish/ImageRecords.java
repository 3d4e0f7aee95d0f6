package io.github.kafkagan.producer.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kafkagan.pipeline.contract.ImageRecord;
import io.github.kafkagan.producer.source.ImageSet;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Turns images into records of the images topic; headers are made once per label. */
final class ImageRecords {
  private static final int LABELS = 256;

  private final String topic;
  private final int partitions;
  private final ImageSet images;
  private final List<Header> unlabelled;
  private final List<List<Header>> labelled = new ArrayList<>();

  ImageRecords(String topic, int partitions, ImageSet images) {
    this.topic = topic;
    this.partitions = partitions;
    this.images = images;
    Header dataset = new RecordHeader(ImageRecord.DATASET, images.name().getBytes(UTF_8));
    this.unlabelled = List.of(dataset);
    for (int label = 0; label < LABELS; label++) {
      labelled.add(
          List.of(new RecordHeader(ImageRecord.LABEL, ImageRecord.labelHeader(label)), dataset));
    }
  }

  /** The record of the set's image at that index, for a stream position; its timestamp is now. */
  ProducerRecord<byte[], byte[]> record(long position, int index) {
    OptionalInt label = images.label(index);
    return new ProducerRecord<>(
        topic,
        ImageRecord.partition(position, partitions),
        System.currentTimeMillis(),
        ImageRecord.key(position),
        images.image(index),
        label.isPresent() ? labelled.get(label.getAsInt()) : unlabelled);
  }
}
