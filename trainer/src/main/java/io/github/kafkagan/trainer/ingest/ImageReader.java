package io.github.kafkagan.trainer.ingest;

import io.github.kafkagan.pipeline.contract.ImageRecord;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a record must be to be trained on.
 *
 * @param bytes rows × columns × channels of an image
 * @param classes how many classes the networks know; 0 if they are unconditional and labels do not
 *     matter
 */
public record ImageReader(int bytes, int classes) {
  static final String NO_LABEL = "no label";

  /** Whether networks need a label with each image. */
  public boolean conditional() {
    return classes > 0;
  }

  /** The record's class, even where networks do not need it; empty if it has none to be read. */
  OptionalInt label(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
    try {
      return ImageRecord.label(record.headers());
    } catch (IllegalArgumentException e) {
      return OptionalInt.empty();
    }
  }

  /** Why the record cannot be trained on; null if it can. */
  @Nullable String objection(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
    byte[] pixels = record.value();
    if (pixels == null || pixels.length != bytes) {
      return "an image has %d bytes, this has %s"
          .formatted(bytes, pixels == null ? "none" : pixels.length);
    }
    if (!conditional()) {
      return null;
    }
    try {
      OptionalInt label = ImageRecord.label(record.headers());
      if (label.isEmpty()) {
        return NO_LABEL;
      }
      return label.getAsInt() < classes
          ? null
          : "label must be below %d, was %d".formatted(classes, label.getAsInt());
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }
}
