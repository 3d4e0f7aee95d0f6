package io.github.kafkagan.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.bench.measure.Spread;
import io.github.kafkagan.bench.measure.Target;
import io.github.kafkagan.pipeline.codec.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * A figure that was wanted to be so good, as the results say it.
 *
 * @param unit of figure and target
 */
record Wanted(String name, String unit, Spread figure, Target target) {

  /** All that are somewhere in the results of a measurement, in their order. */
  static List<Wanted> in(JsonNode results) {
    List<Wanted> found = new ArrayList<>();
    collect(results, found);
    return found;
  }

  private static void collect(JsonNode node, List<Wanted> found) {
    if (node.path("target").isObject()) {
      boolean ratio = node.has("ratio");
      found.add(
          new Wanted(
              node.path("name").asText(),
              ratio ? "×" : node.path("unit").asText(),
              Json.read(Json.bytes(node.path(ratio ? "ratio" : "figure")), Spread.class),
              Json.read(Json.bytes(node.path("target")), Target.class)));
    } else {
      node.forEach(part -> collect(part, found));
    }
  }

  /** How good a value is: 1 if just as wanted, more if better. */
  double goodness(double value) {
    return switch (target.limit()) {
      case AT_LEAST -> value / target.value();
      case AT_MOST -> target.value() / value;
    };
  }
}
