package io.github.kafkagan.pipeline.contract;

import java.util.regex.Pattern;

/** Model names appear in record keys and metric labels, so they are kept short and plain. */
public final class ModelName {
  private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private ModelName() {}

  /**
   * Returns {@code name}.
   *
   * @throws IllegalArgumentException if it is not 1 to 64 letters, digits, '.', '_' or '-'
   */
  public static String require(String name) {
    if (!LEGAL.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a model name is 1 to 64 letters, digits, '.', '_' or '-', was '" + name + "'");
    }
    return name;
  }
}
