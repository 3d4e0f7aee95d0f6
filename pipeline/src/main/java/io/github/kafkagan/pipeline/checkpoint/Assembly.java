package io.github.kafkagan.pipeline.checkpoint;

import io.github.kafkagan.pipeline.contract.Manifest;

/** What one more record of a checkpoint topic brought. */
public sealed interface Assembly {
  /** Nothing that is complete: a chunk, a tombstone, another kind of record. */
  record Pending() implements Assembly {}

  /** The manifest of a checkpoint whose bytes are all there and have its hash. */
  record Complete(CheckpointSet set) implements Assembly {}

  /**
   * The manifest of a checkpoint that cannot be had: chunks are missing (normal for all but the
   * newest, since compaction takes them) or the bytes are not those that were hashed.
   */
  record Broken(Manifest manifest, String reason) implements Assembly {}

  /**
   * A record in a manifest's place that this reader can make nothing of: no manifest at all, or one
   * of a newer format. What was in that place before is gone with it.
   *
   * @param key of the manifest
   */
  record Unreadable(SlotKey key, String reason) implements Assembly {}

  /** A record that is neither chunk nor manifest. */
  record Foreign(String reason) implements Assembly {}
}
