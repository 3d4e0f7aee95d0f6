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

  /** The record as an image, or what is wrong with it. */
  Arrival read(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
    byte[] pixels = record.value();
    if (pixels == null || pixels.length != bytes) {
      return new Arrival.Unreadable(
          record,
          "an image has %d bytes, this has %s"
              .formatted(bytes, pixels == null ? "none" : pixels.length));
    }
    try {
      OptionalInt label = ImageRecord.label(record.headers());
      if (conditional() && label.isEmpty()) {
        return new Arrival.Unreadable(record, NO_LABEL);
      }
      if (conditional() && label.getAsInt() >= classes) {
        return new Arrival.Unreadable(
            record, "label must be below %d, was %d".formatted(classes, label.getAsInt()));
      }
      return image(record, pixels, label);
    } catch (IllegalArgumentException e) {
      return conditional()
          ? new Arrival.Unreadable(record, String.valueOf(e.getMessage()))
          : image(record, pixels, OptionalInt.empty());
    }
  }

  private static Arrival image(
      ConsumerRecord<byte @Nullable [], byte @Nullable []> record,
      byte[] pixels,
      OptionalInt label) {
    return new Arrival.Image(
        record.partition(),
        record.offset(),
        ImageRecord.position(record.key()).orElse(Arrival.NONE),
        record.timestamp(),
        pixels,
        label);
  }
}
