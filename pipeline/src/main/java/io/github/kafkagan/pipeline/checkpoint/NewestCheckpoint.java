package io.github.kafkagan.pipeline.checkpoint;

import io.github.kafkagan.pipeline.contract.Manifest;
import java.util.Optional;

/**
 * What a slot holds.
 *
 * @param complete the newest set that is whole; empty if there is none
 * @param damage what is wrong with a newer one; empty if there is none newer
 */
public record NewestCheckpoint(Optional<CheckpointSet> complete, Optional<Damage> damage) {
  static final NewestCheckpoint NONE = new NewestCheckpoint(Optional.empty(), Optional.empty());

  /**
   * Why a set cannot be had.
   *
   * @param chunks how many chunk records its manifest has before it; 0 if that cannot be read
   */
  public record Damage(String reason, int chunks) {}

  /** The newest set; empty if there is none, or it is not whole. */
  public Optional<CheckpointSet> undamaged() {
    return damage.isPresent() ? Optional.empty() : complete;
  }

  /** How many chunk records the newest manifest has before it. */
  public int chunks() {
    return damage
        .map(Damage::chunks)
        .or(() -> complete.map(CheckpointSet::manifest).map(Manifest::chunks))
        .orElse(0);
  }
}
