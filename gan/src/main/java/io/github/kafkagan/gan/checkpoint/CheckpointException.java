package io.github.kafkagan.gan.checkpoint;

/** Checkpoint bytes that cannot be used; the message is one sentence that says why. */
public final class CheckpointException extends RuntimeException {
  public CheckpointException(String message) {
    super(message);
  }

  public CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
