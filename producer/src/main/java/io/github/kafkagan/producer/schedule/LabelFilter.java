package io.github.kafkagan.producer.schedule;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The labels that may enter the stream.
 *
 * @param text as the user wrote it, for instance {@code 0-4,7}; empty for all labels
 */
public record LabelFilter(String text) {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,3})(?:-(\\d{1,3}))?");
  private static final int MAX_LABEL = 255;

  /** Every label, and images without one. */
  public static final LabelFilter ALL = new LabelFilter("");

  /**
   * @throws IllegalArgumentException if the text is not a list of labels 0 to 255 and ranges of
   *     them
   */
  public LabelFilter {
    text = text.strip();
    parse(text);
  }

  /** Whether no label is left out. */
  public boolean takesAll() {
    return text.isEmpty();
  }

  /** The labels as a set; empty when all are taken. */
  public BitSet labels() {
    return parse(text);
  }

  /** The same set always gives the same text, however the user wrote it. */
  String canonical() {
    return labels().stream().mapToObj(Integer::toString).collect(Collectors.joining(","));
  }

  private static BitSet parse(String text) {
    BitSet labels = new BitSet();
    if (text.isEmpty()) {
      return labels;
    }
    for (String part : text.split(",", -1)) {
      Matcher range = RANGE.matcher(part.strip());
      if (!range.matches()) {
        throw new IllegalArgumentException(
            "labels are numbers and ranges such as 0-4,7; \"" + text + "\" is not");
      }
      int first = Integer.parseInt(range.group(1));
      int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
      if (last < first || last > MAX_LABEL) {
        throw new IllegalArgumentException(
            "labels go from 0 to 255 and ranges upwards; \"" + part.strip() + "\" does not");
      }
      labels.set(first, last + 1);
    }
    return labels;
  }
}
