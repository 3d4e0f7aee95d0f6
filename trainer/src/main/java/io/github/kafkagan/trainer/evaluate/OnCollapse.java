package io.github.kafkagan.trainer.evaluate;

/** What to do about a collapse, besides telling of it. */
public enum OnCollapse {
  /** Go on training. */
  WARN,
  /** Restore the best state and go on from the present images with other noise. */
  ROLLBACK,
  /** End with an error. */
  STOP
}
