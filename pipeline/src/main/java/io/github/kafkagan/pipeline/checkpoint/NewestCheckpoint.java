package io.github.kafkagan.pipeline.checkpoint;

import io.github.kafkagan.pipeline.contract.Manifest;
import java.util.Optional;

/**
 * What a slot holds.
 *
 * @param complete the newest set that is whole; empty if there is none
 * @param newestBroken the newest manifest, if its set is not whole and newer than the whole one
 */
public record NewestCheckpoint(
    Optional<CheckpointSet> complete, Optional<Assembly.Broken> newestBroken) {
  static final NewestCheckpoint NONE = new NewestCheckpoint(Optional.empty(), Optional.empty());

  /** The newest set; empty if there is none, or it is not whole. */
  public Optional<CheckpointSet> undamaged() {
    return newestBroken.isPresent() ? Optional.empty() : complete;
  }

  /** How many chunk records the newest manifest has before it. */
  public int chunks() {
    return newestBroken
        .map(Assembly.Broken::manifest)
        .or(() -> complete.map(CheckpointSet::manifest))
        .map(Manifest::chunks)
        .orElse(0);
  }
}
