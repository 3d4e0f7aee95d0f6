package io.github.kafkagan.trainer.ingest;

import io.github.kafkagan.pipeline.contract.ImageRecord;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record of the images topic, judged as it arrives. An image that waits for its turn holds on to
 * no header and so, unlike the record, not to all that was fetched with it either.
 */
sealed interface Arrival {
  int partition();

  long offset();

  /** What {@link #position} is of records that foreign producers wrote. */
  long NONE = -1;

  /** Stream position that the record's key says, or {@link #NONE}. */
  long position();

  /**
   * What can be trained on.
   *
   * @param timestamp epoch milliseconds
   * @param pixels uint8, rows × columns × channels
   * @param label empty where there is none and networks do not need it
   */
  record Image(
      int partition, long offset, long position, long timestamp, byte[] pixels, OptionalInt label)
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
    public long position() {
      return ImageRecord.position(record.key()).orElse(NONE);
    }
  }
}
