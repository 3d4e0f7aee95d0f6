package io.github.kafkagan.gan.preset;

/** A preset that cannot be used; the message is one sentence that says why and what exists. */
public final class PresetException extends IllegalArgumentException {
  public PresetException(String message) {
    super(message);
  }

  public PresetException(String message, Throwable cause) {
    super(message, cause);
  }
}
