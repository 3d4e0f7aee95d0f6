package io.github.kafkagan.bench.presets;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Locale;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a preset had learnt when its time was over.
 *
 * @param images trained on
 * @param imagesPerSecond over the whole time, evaluation and checkpoints included
 * @param quality figures of the newest checkpoint's evaluation, by name
 * @param sheet the newest contact sheet, PNG; null if there is none
 */
public record PresetResult(
    String preset,
    long steps,
    long images,
    double imagesPerSecond,
    SortedMap<String, Double> quality,
    @JsonIgnore byte @Nullable [] sheet) {
  private static final String DISTANCE = "frechetDistance";
  private static final String CLASSES = "classes";

  /** A row of a Markdown table. */
  String row() {
    return String.format(
        Locale.ROOT,
        "| `%s` | %s | %s | %.0f | %,d | %,d | ![](%s.png) |",
        preset,
        figure(DISTANCE, "%.1f"),
        figure(CLASSES, "%.0f"),
        imagesPerSecond,
        steps,
        images,
        preset);
  }

  private String figure(String name, String format) {
    Double value = quality.get(name);
    return value == null ? "–" : String.format(Locale.ROOT, format, value);
  }
}
