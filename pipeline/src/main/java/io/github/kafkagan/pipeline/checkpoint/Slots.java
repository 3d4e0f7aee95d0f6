package io.github.kafkagan.pipeline.checkpoint;

/** The slots of a model: each holds one checkpoint, the newest of its kind. */
public final class Slots {
  /** In the checkpoints topic: the newest generator. */
  public static final String LATEST = "latest";

  /** In the checkpoints topic: the generator with the best evaluation. */
  public static final String BEST = "best";

  /** In the trainer-state topic: what a trainer resumes from. */
  public static final String STATE = "state";

  /** In the trainer-state topic: what a trainer rolls back to, of the best generator. */
  public static final String BEST_STATE = "best-state";

  /** In the trainer-state topic: the classifier with which generators are evaluated. */
  public static final String CLASSIFIER = "classifier";

  /** In the trainer-state topic: which trainer run may write; no checkpoint. */
  static final String OWNER = "owner";

  private Slots() {}
}
