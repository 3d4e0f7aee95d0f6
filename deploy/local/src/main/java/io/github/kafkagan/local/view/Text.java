package io.github.kafkagan.local.view;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Figures as text. */
final class Text {
  private static final String UNKNOWN = "-";

  private Text() {}

  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  static String count(OptionalLong value) {
    return value.isPresent() ? count(value.getAsLong()) : UNKNOWN;
  }

  static String loss(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.3f", value.getAsDouble()) : UNKNOWN;
  }

  static String distance(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.1f", value.getAsDouble()) : UNKNOWN;
  }

  static String seconds(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.1f s", value.getAsDouble()) : UNKNOWN;
  }

  static String time(Duration elapsed) {
    String minutes =
        String.format(Locale.ROOT, "%02d:%02d", elapsed.toMinutesPart(), elapsed.toSecondsPart());
    return elapsed.toHours() == 0 ? minutes : elapsed.toHours() + ":" + minutes;
  }
}
