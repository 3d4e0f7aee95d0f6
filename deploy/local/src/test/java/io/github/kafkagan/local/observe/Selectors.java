package io.github.kafkagan.local.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The series that an expression of Prometheus names. */
final class Selectors {
  private static final Set<String> WORDS =
      Set.of("and", "or", "unless", "bool", "offset", "Inf", "NaN", "by", "on", "without");

  /** What stands between selectors comes first, so that nothing in it is taken for one. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "\"(?:[^\"\\\\]|\\\\.)*\""
              + "|\\[[^]]*]"
              + "|\\b(?:by|on|without|ignoring|group_left|group_right)\\s*\\([^)]*\\)"
              + "|\\b[0-9][0-9a-zA-Z_.]*"
              + "|(?<function>\\b[a-z_]+)\\s*\\("
              + "|(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*+)(?!\\s*(?:by|without)\\b)\\s*(?<labels>\\{[^}]*})?");

  private Selectors() {}

  /** Each as an expression: a metric's name with the labels that are asked for. */
  static List<String> of(String expression) {
    List<String> selectors = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(expression);
    while (matcher.find()) {
      String name = matcher.group("name");
      if (name != null && !WORDS.contains(name)) {
        selectors.add(name + (matcher.group("labels") == null ? "" : matcher.group("labels")));
      }
    }
    return selectors;
  }
}
