package io.github.kafkagan.pipeline.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint is: the last record of its transaction, beside the chunks that carry its bytes.
 * Readers order checkpoints by {@code version}, since steps run again after a kill.
 *
 * @param format version of this format; readers refuse newer ones
 * @param model the model's name
 * @param slot which checkpoint of the model this is, such as {@code latest} or {@code state}
 * @param version counts the checkpoints of the model, never goes back; a generator's copy in its
 *     history has that of the generator
 * @param runId the trainer process that wrote it
 * @param step generator steps trained
 * @param imagesSeen real images trained on
 * @param nextPosition stream position of the first image that was not trained on
 * @param offsets per images partition, the offset of the first record that was not trained on
 * @param replay the model's newest replay; while it is not over, {@code offsets} and {@code
 *     nextPosition} are those of its pass; null if there was none
 * @param newestImageTimestamp epoch milliseconds of the newest image trained on; 0 if none
 * @param spec the network; with the bytes, all that is needed to rebuild it
 * @param bytes size of the chunks together
 * @param chunks how many chunk records precede this manifest
 * @param sha256 of the chunks together, lower-case hexadecimal
 * @param quality figures of the last evaluation, by name; empty before the first
 * @param origin facts that explain a difference between runs, such as threads or library version
 * @param createdAt epoch milliseconds
 */
public record Manifest(
    int format,
    String model,
    String slot,
    long version,
    String runId,
    long step,
    long imagesSeen,
    long nextPosition,
    SortedMap<Integer, Long> offsets,
    @Nullable Replay replay,
    long newestImageTimestamp,
    JsonNode spec,
    long bytes,
    int chunks,
    String sha256,
    SortedMap<String, Double> quality,
    SortedMap<String, String> origin,
    long createdAt) {
  /** The format this code writes, and the newest it reads. */
  public static final int FORMAT = 1;

  public Manifest {
    ModelName.require(model);
    if (version < 0 || step < 0 || imagesSeen < 0 || nextPosition < 0 || bytes < 0 || chunks < 0) {
      throw new IllegalArgumentException("a manifest's counts are never negative");
    }
    offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
    quality = Collections.unmodifiableSortedMap(new TreeMap<>(quality));
    origin = Collections.unmodifiableSortedMap(new TreeMap<>(origin));
  }

  /** The same checkpoint in another slot. */
  public Manifest in(String otherSlot) {
    return new Manifest(
        format,
        model,
        otherSlot,
        version,
        runId,
        step,
        imagesSeen,
        nextPosition,
        offsets,
        replay,
        newestImageTimestamp,
        spec,
        bytes,
        chunks,
        sha256,
        quality,
        origin,
        createdAt);
  }
}
