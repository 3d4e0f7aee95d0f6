package io.github.kafkagan.pipeline.checkpoint;

/** The slots of a model: each holds one checkpoint, the newest of its kind. */
public final class Slots {
  /** In the checkpoints topic: the newest generator. */
  public static final String LATEST = "latest";

  /** In the trainer-state topic: what a trainer resumes from. */
  public static final String STATE = "state";

  /** In the trainer-state topic: which trainer run may write; no checkpoint. */
  static final String OWNER = "owner";

  private Slots() {}
}
