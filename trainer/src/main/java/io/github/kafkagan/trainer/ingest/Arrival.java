package io.github.kafkagan.trainer.ingest;

import io.github.kafkagan.pipeline.contract.ImageRecord;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record of the images topic, judged as it arrives. An image that waits for its turn holds on to
 * no header and so, unlike the record, not to all that was fetched with it either.
 */
sealed interface Arrival {
  int partition();

  long offset();

  /** Stream position that the record's key says; empty for records that foreign producers wrote. */
  OptionalLong position();

  /**
   * What can be trained on.
   *
   * @param timestamp epoch milliseconds
   * @param pixels uint8, rows × columns × channels
   * @param label empty where there is none and networks do not need it
   */
  record Image(
      int partition,
      long offset,
      OptionalLong position,
      long timestamp,
      byte[] pixels,
      OptionalInt label)
      implements Arrival {}

  /** What cannot be, and why. */
  record Unreadable(ConsumerRecord<byte @Nullable [], byte @Nullable []> record, String objection)
      implements Arrival {
    @Override
    public int partition() {
      return record.partition();
    }

    @Override
    public long offset() {
      return record.offset();
    }

    @Override
    public OptionalLong position() {
      return ImageRecord.position(record.key());
    }
  }
}
