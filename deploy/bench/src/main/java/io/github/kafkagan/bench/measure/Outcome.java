package io.github.kafkagan.bench.measure;

/**
 * What a comparison found.
 *
 * @param name of the comparison
 * @param unit of both rates, per second
 * @param ratio of ours to theirs, round by round
 * @param target least median ratio that is wanted
 */
public record Outcome(
    String name, String unit, Measured ours, Measured theirs, Spread ratio, double target) {

  /** One side's rates. */
  public record Measured(String name, Spread rate) {}

  /** Whether the target is reached. */
  public boolean reached() {
    return ratio.median() >= target;
  }

  /** Two lines for people. */
  public String describe() {
    return "%s: %.2f × (%.2f to %.2f), wanted %.2f × %s%n  %s%n  %s"
        .formatted(
            name,
            ratio.median(),
            ratio.min(),
            ratio.max(),
            target,
            reached() ? "" : "– NOT REACHED",
            describe(ours),
            describe(theirs));
  }

  private String describe(Measured side) {
    return "%-28s %8.0f %s/s (%.0f to %.0f)"
        .formatted(side.name(), side.rate().median(), unit, side.rate().min(), side.rate().max());
  }
}
