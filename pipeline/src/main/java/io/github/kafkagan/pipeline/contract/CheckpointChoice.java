package io.github.kafkagan.pipeline.contract;

/** Which checkpoint of a model a request's images are to come from. */
public sealed interface CheckpointChoice {
  /** Whichever the service serves; a request without {@code checkpoint}. */
  record Served() implements CheckpointChoice {}

  /** The newest, whatever an evaluation says of it; {@code "latest"}. */
  record Latest() implements CheckpointChoice {}

  /** The one with the best evaluation; {@code "best"}. */
  record Best() implements CheckpointChoice {}

  /** Each that the service has loaded, the oldest first; {@code "all"}. */
  record All() implements CheckpointChoice {}

  /** The one of this step, as long as it is loaded; {@code {"step": 12000}}. */
  record Pinned(long step) implements CheckpointChoice {}

  /** The served one once it is of this step or a later one; {@code {"minStep": 12000}}. */
  record AtLeast(long step) implements CheckpointChoice {}
}
