package io.github.kafkagan.generator.web.status;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * A part of the pipeline, at a glance.
 *
 * @param why one sentence: what it is doing, or what is missing
 */
public record Part(String name, State state, String why) {
  /** How it is. */
  public enum State {
    UP,
    /** It does nothing, and that may be right. */
    WAITING,
    DOWN;

    /** The name in JSON. */
    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
