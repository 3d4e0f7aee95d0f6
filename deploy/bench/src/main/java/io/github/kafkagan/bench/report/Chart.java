package io.github.kafkagan.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.pipeline.codec.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Draws what was found against what was wanted, a bar each, as a picture that browsers show. */
public final class Chart {
  private static final int ROW = 24;
  private static final int TOP = 34;
  private static final int LABELS = 400;
  private static final int BARS = 300;
  private static final int WIDTH = 1000;

  /** Where the bars end: this many times as good as wanted. */
  private static final double MOST = 2;

  private Chart() {}

  /** Draws {@code chart.svg} from all results that are in the folder. */
  public static void draw(Path folder) throws IOException {
    List<Wanted> figures = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".json")).sorted().toList()) {
        figures.addAll(Wanted.in(Json.read(Files.readAllBytes(file), JsonNode.class)));
      }
    }
    Files.writeString(folder.resolve("chart.svg"), svg(figures));
  }

  static String svg(List<Wanted> figures) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < figures.size(); i++) {
      rows.append(row(figures.get(i), TOP + i * ROW));
    }
    int height = TOP + figures.size() * ROW + 10;
    double wanted = x(1);
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="system-ui, sans-serif" font-size="13">
        <style>
        text { fill: #24292f } .reached { fill: #2a9d8f } .missed { fill: #e9a23b } line { stroke: #57606a }
        @media (prefers-color-scheme: dark) { text { fill: #d0d7de } line { stroke: #9aa4af } }
        </style>
        <text x="%.0f" y="18" text-anchor="middle">as wanted</text>
        %s<line x1="%.0f" y1="24" x2="%.0f" y2="%d" stroke-dasharray="3 3"/>
        </svg>
        """
        .formatted(WIDTH, height, wanted, rows, wanted, wanted, height - 6);
  }

  private static String row(Wanted wanted, int y) {
    double median = wanted.goodness(wanted.figure().median());
    double worse = Math.min(wanted.goodness(wanted.figure().min()), goodnessOfMax(wanted));
    double better = Math.max(wanted.goodness(wanted.figure().min()), goodnessOfMax(wanted));
    return """
        <text x="%d" y="%d" text-anchor="end">%s</text>
        <rect class="%s" x="%d" y="%d" width="%.1f" height="14"/>
        <line x1="%.1f" y1="%d" x2="%.1f" y2="%d"/>
        <text x="%d" y="%d">%s</text>
        """
        .formatted(
            LABELS - 8,
            y + 12,
            escaped(wanted.name()),
            median >= 1 ? "reached" : "missed",
            LABELS,
            y,
            x(median) - LABELS,
            x(worse),
            y + 7,
            x(better),
            y + 7,
            LABELS + BARS + 10,
            y + 12,
            escaped(figures(wanted)));
  }

  private static double goodnessOfMax(Wanted wanted) {
    return wanted.goodness(wanted.figure().max());
  }

  private static double x(double goodness) {
    return LABELS + BARS * Math.min(MOST, goodness) / MOST;
  }

  private static String figures(Wanted wanted) {
    String limit =
        switch (wanted.target().limit()) {
          case AT_LEAST -> "≥";
          case AT_MOST -> "≤";
        };
    return "%s %s, wanted %s %s"
        .formatted(
            text(wanted.figure().median()), wanted.unit(), limit, text(wanted.target().value()));
  }

  private static String text(double figure) {
    return String.format(Locale.ROOT, figure < 100 ? "%.2f" : "%.0f", figure);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
