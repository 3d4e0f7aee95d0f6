package io.github.kafkagan.trainer.ingest;

import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.contract.Replay;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far into the images topic training has come: everything before it was trained on, nothing
 * after it. In a replay that holds for its pass.
 *
 * @param offsets per partition, the offset of the first record not trained on; a partition that is
 *     missing is read from its beginning
 * @param nextPosition stream position of the first image not trained on; 0 where a pass begins
 * @param newestTimestamp epoch milliseconds of the newest image trained on; 0 if none
 * @param replay the newest replay, which may be over; empty if there was none
 */
public record StreamPosition(
    SortedMap<Integer, Long> offsets,
    long nextPosition,
    long newestTimestamp,
    Optional<Replay> replay) {
  public StreamPosition {
    offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
  }

  /** The beginning of the topic. */
  public static StreamPosition beginning() {
    return new StreamPosition(new TreeMap<>(), 0, 0, Optional.empty());
  }

  /** Where the run that wrote this manifest had come to. */
  public static StreamPosition of(Manifest manifest) {
    return new StreamPosition(
        manifest.offsets(),
        manifest.nextPosition(),
        manifest.newestImageTimestamp(),
        Optional.ofNullable(manifest.replay()));
  }

  /** Whether the next image is one of a replay. */
  public boolean inReplay() {
    return replay.filter(current -> !current.over()).isPresent();
  }

  /** The same place, for a model that has seen images of that time. */
  StreamPosition notBefore(long timestamp) {
    return new StreamPosition(offsets, nextPosition, Math.max(newestTimestamp, timestamp), replay);
  }

  /** Where the first pass of a replay begins. */
  public StreamPosition begin(Replay begun) {
    return new StreamPosition(begun.from(), 0, newestTimestamp, Optional.of(begun));
  }

  /**
   * The same place as one of the stream: what is left of a replay's pass is trained on, then what
   * comes behind it.
   */
  public StreamPosition leaveReplay() {
    return new StreamPosition(offsets, nextPosition, newestTimestamp, replay.map(Replay::left));
  }
}
