package io.github.kafkagan.producer.schedule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the phases of a stream, such as {@code labels=0-4 images=60000 then labels=all}: each a few
 * of {@code dataset=NAME}, {@code labels=LIST} and {@code images=N}, in any order.
 *
 * @param dataset of phases that name none
 */
public record PhaseParser(String dataset) {
  private static final Pattern THEN = Pattern.compile("(?<!\\S)then(?!\\S)");
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Pattern WORD = Pattern.compile("(dataset|labels|images)=(.+)");
  private static final Pattern COUNT = Pattern.compile("\\d{1,15}");
  private static final String EVERY_LABEL = "all";

  /**
   * The phases, in their order.
   *
   * @throws IllegalArgumentException with one sentence, if the text is no list of phases
   */
  public List<Phase> parse(String text) {
    return Stream.of(THEN.split(text, -1)).map(this::phase).toList();
  }

  private Phase phase(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(
          "each phase says dataset=NAME, labels=LIST or images=N, and 'then' stands between two");
    }
    Map<String, String> words = new HashMap<>();
    for (String word : SPACE.split(text.strip(), -1)) {
      Matcher parts = WORD.matcher(word);
      if (!parts.matches()) {
        throw new IllegalArgumentException(
            "a phase is made of dataset=NAME, labels=LIST and images=N; '%s' is none of them"
                .formatted(word));
      }
      if (words.put(parts.group(1), parts.group(2)) != null) {
        throw new IllegalArgumentException("a phase says '%s=' twice".formatted(parts.group(1)));
      }
    }
    String labels = words.getOrDefault("labels", EVERY_LABEL);
    return new Phase(
        words.getOrDefault("dataset", dataset),
        labels.equals(EVERY_LABEL) ? LabelFilter.ALL : new LabelFilter(labels),
        words.containsKey("images") ? count(words.get("images")) : OptionalLong.empty());
  }

  private static OptionalLong count(String text) {
    if (!COUNT.matcher(text).matches()) {
      throw new IllegalArgumentException("images= takes a number, not '" + text + "'");
    }
    return OptionalLong.of(Long.parseLong(text));
  }
}
