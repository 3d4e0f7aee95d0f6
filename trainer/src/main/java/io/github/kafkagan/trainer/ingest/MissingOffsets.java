package io.github.kafkagan.trainer.ingest;

/** What to do when retention has deleted images before they were trained on. */
public enum MissingOffsets {
  /** End with an error: exactly the images of the stream, or none. */
  FAIL,
  /** Go on with the oldest image there is, and count what is missing. */
  SKIP
}
