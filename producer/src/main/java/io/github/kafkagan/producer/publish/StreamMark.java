package io.github.kafkagan.producer.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kafkagan.pipeline.checkpoint.Sha256;
import io.github.kafkagan.pipeline.codec.Json;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * How far the stream is. Each transaction carries one, as a committed offset of the producer's own
 * group on the images topic's partition 0: it is committed with the images or not at all.
 *
 * @param position of the next image
 * @param origin position at which the schedule began
 * @param partitions of the topic, which decide where a position is written
 * @param run the producer process that wrote the mark
 * @param schedule its schedule's fingerprint; a hash where that is too long for an offset's
 *     metadata
 */
record StreamMark(long position, long origin, int partitions, String run, String schedule) {
  /** Kafka keeps 4,096 bytes with an offset, of which the other fields need few. */
  private static final int LONGEST_SCHEDULE = 2048;

  StreamMark {
    schedule = abridged(schedule);
  }

  /** Whether the stream was written by the schedule of this fingerprint. */
  boolean isOf(String fingerprint) {
    return schedule.equals(abridged(fingerprint));
  }

  private static String abridged(String fingerprint) {
    return fingerprint.length() <= LONGEST_SCHEDULE
        ? fingerprint
        : "sha256 " + Sha256.of(fingerprint.getBytes(UTF_8));
  }

  StreamMark at(long next) {
    return new StreamMark(next, origin, partitions, run, schedule);
  }

  OffsetAndMetadata encode() {
    return new OffsetAndMetadata(position, new String(Json.bytes(this), UTF_8));
  }

  /** Empty if nothing was committed or it is not a mark. */
  static Optional<StreamMark> decode(@Nullable OffsetAndMetadata committed) {
    if (committed == null || committed.metadata().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.read(committed.metadata().getBytes(UTF_8), StreamMark.class));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
