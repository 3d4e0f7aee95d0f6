package io.github.kafkagan.bench.measure;

/**
 * What a figure is wanted to be.
 *
 * @param value the worst that is good enough
 */
public record Target(Limit limit, double value) {
  /** Which side of the value is the good one. */
  public enum Limit {
    AT_LEAST("at least"),
    AT_MOST("at most");

    private final String words;

    Limit(String words) {
      this.words = words;
    }
  }

  public static Target atLeast(double value) {
    return new Target(Limit.AT_LEAST, value);
  }

  public static Target atMost(double value) {
    return new Target(Limit.AT_MOST, value);
  }

  /** Whether a figure is good enough. */
  boolean reachedBy(double figure) {
    return switch (limit) {
      case AT_LEAST -> figure >= value;
      case AT_MOST -> figure <= value;
    };
  }

  /** Such as {@code wanted at least 0.80 ×}, and that it is not reached if so. */
  String describe(String unit, boolean reached) {
    return "wanted %s %s %s%s"
        .formatted(limit.words, Spread.text(value), unit, reached ? "" : " – NOT REACHED");
  }
}
