package io.github.kafkagan.producer.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

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
 * @param schedule its schedule's fingerprint
 */
record StreamMark(long position, long origin, int partitions, String run, String schedule) {

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
