package io.github.kafkagan.trainer.ingest;

import io.github.kafkagan.pipeline.contract.Manifest;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far into the images topic training has come: everything before it was trained on, nothing
 * after it.
 *
 * @param offsets per partition, the offset of the first record not trained on; a partition that is
 *     missing is read from its beginning
 * @param nextPosition stream position of the first image not trained on
 * @param newestTimestamp epoch milliseconds of the newest image trained on; 0 if none
 */
public record StreamPosition(
    SortedMap<Integer, Long> offsets, long nextPosition, long newestTimestamp) {
  public StreamPosition {
    offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
  }

  /** The beginning of the topic. */
  public static StreamPosition beginning() {
    return new StreamPosition(new TreeMap<>(), 0, 0);
  }

  /** Where the run that wrote this manifest had come to. */
  public static StreamPosition of(Manifest manifest) {
    return new StreamPosition(
        manifest.offsets(), manifest.nextPosition(), manifest.newestImageTimestamp());
  }
}
