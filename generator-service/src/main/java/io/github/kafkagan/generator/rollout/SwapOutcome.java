package io.github.kafkagan.generator.rollout;

import java.util.Locale;

/** What became of a checkpoint that was read; label values of the swap counter. */
enum SwapOutcome {
  /** It is being served. */
  SERVED,
  /** It is loaded for the requests that ask for it. */
  LOADED,
  /**
   * It is loaded, but so much worse than the best one that its predecessor goes on being served.
   */
  HELD_BACK,
  /** A newer one came before it. */
  STALE,
  /** Chunks are missing, or the bytes are not those that were hashed. */
  BROKEN,
  /** It is whole, but no generator comes of it. */
  UNUSABLE,
  /** It is no checkpoint record at all. */
  FOREIGN;

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
