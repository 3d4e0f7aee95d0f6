package io.github.kafkagan.trainer.checkpoint;

import io.github.kafkagan.gan.checkpoint.Snapshot;

/** Something to publish, copied out of the networks between two steps. */
sealed interface Checkpoint {
  Snapshot snapshot();

  Progress progress();

  /**
   * A generator to serve.
   *
   * @param sheet its images of fixed latents
   */
  record Serving(Snapshot snapshot, Progress progress, Sheet sheet) implements Checkpoint {}

  /** All that a trainer resumes from. */
  record State(Snapshot snapshot, Progress progress) implements Checkpoint {}
}
