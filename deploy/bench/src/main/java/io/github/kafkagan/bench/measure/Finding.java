package io.github.kafkagan.bench.measure;

import org.jspecify.annotations.Nullable;

/**
 * A figure by itself.
 *
 * @param name of the figure
 * @param unit such as ms
 * @param figure turn by turn
 * @param target of its median; null if it is only to be known
 */
public record Finding(String name, String unit, Spread figure, @Nullable Target target)
    implements Result {

  /** A figure that has to be so good. */
  public static Finding wanted(String name, String unit, Series series, Target target) {
    return new Finding(name, unit, series.spread(), target);
  }

  /** A figure that is only to be known. */
  public static Finding known(String name, String unit, Series series) {
    return new Finding(name, unit, series.spread(), null);
  }

  @Override
  public boolean reached() {
    return target == null || target.reachedBy(figure.median());
  }

  @Override
  public String describe() {
    return "%s: %s%s"
        .formatted(
            name,
            figure.describe(unit),
            target == null ? "" : ", " + target.describe(unit, reached()));
  }
}
