package io.github.kafkagan.pipeline.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One scrape of a process, as {@link OpsServer} and others serve it.
 *
 * @param samples all of its samples, in the order of the text
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">the text format</a>
 */
public record PrometheusText(List<Sample> samples) {
  private static final Pattern LINE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})?[ \\t]+(\\S+)(?:[ \\t]+\\S+)?");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  public static final PrometheusText EMPTY = new PrometheusText(List.of());

  /**
   * One line.
   *
   * @param labels with escapes resolved
   */
  public record Sample(String name, Map<String, String> labels, double value) {}

  public PrometheusText {
    samples = List.copyOf(samples);
  }

  /** Reads a scrape; lines that are no samples, such as comments, are left out. */
  public static PrometheusText parse(String text) {
    List<Sample> samples = new ArrayList<>();
    text.lines().forEach(line -> sample(line).ifPresent(samples::add));
    return new PrometheusText(samples);
  }

  /** The sum of all samples of that name which have all these labels; empty if there is none. */
  public OptionalDouble sum(String name, Map<String, String> labels) {
    double[] values =
        samples.stream()
            .filter(sample -> sample.name().equals(name))
            .filter(sample -> sample.labels().entrySet().containsAll(labels.entrySet()))
            .mapToDouble(Sample::value)
            .toArray();
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum);
  }

  private static Optional<Sample> sample(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String labels = matcher.group(2) == null ? "" : matcher.group(2);
    return Optional.of(new Sample(matcher.group(1), labels(labels), value(matcher.group(3))));
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new TreeMap<>();
    Matcher matcher = LABEL.matcher(text);
    while (matcher.find()) {
      labels.put(matcher.group(1), unescape(matcher.group(2)));
    }
    return labels;
  }

  private static String unescape(String value) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\') {
        i++;
        c = value.charAt(i) == 'n' ? '\n' : value.charAt(i);
      }
      plain.append(c);
    }
    return plain.toString();
  }

  private static double value(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      case "NaN" -> Double.NaN;
      default -> Double.parseDouble(text);
    };
  }
}
