package io.github.kafkagan.bench.measure;

/**
 * What a comparison found.
 *
 * @param name of the comparison
 * @param unit of both figures, such as images/s
 * @param ratio of ours to theirs, round by round
 * @param target of the median ratio
 */
public record Outcome(
    String name, String unit, Measured ours, Measured theirs, Spread ratio, Target target)
    implements Result {

  /** One side's figures. */
  public record Measured(String name, Spread figure) {}

  /** Compares figures of the same rounds. */
  public static Outcome of(String name, String unit, Series ours, Series theirs, Target target) {
    return new Outcome(
        name,
        unit,
        new Measured(ours.name(), ours.spread()),
        new Measured(theirs.name(), theirs.spread()),
        ours.over(theirs).spread(),
        target);
  }

  @Override
  public boolean reached() {
    return target.reachedBy(ratio.median());
  }

  @Override
  public String describe() {
    return "%s: %s, %s%n  %s%n  %s"
        .formatted(
            name,
            ratio.describe("×"),
            target.describe("×", reached()),
            describe(ours),
            describe(theirs));
  }

  private String describe(Measured side) {
    return "%-28s %s".formatted(side.name(), side.figure().describe(unit));
  }
}
