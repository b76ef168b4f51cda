package io.synchronik.impl.settings;

import java.util.Optional;
import java.util.function.Function;

/**
 * Expands {@code ${key}} and {@code ${key:default}} in texts from code. A default may hold further
 * expressions, and braces in pairs. Values are not expanded again, and nothing from HTTP or the
 * database ever passes here.
 */
public final class Expressions {
  private static final String BEGIN = "${";

  private final Function<String, Optional<String>> values;

  /**
   * Creates the expander.
   *
   * @param values finds a configuration value by its key
   */
  public Expressions(Function<String, Optional<String>> values) {
    this.values = values;
  }

  /**
   * Expands all expressions of a text.
   *
   * @throws IllegalArgumentException if one has neither value nor default, no key, or no end; the
   *     message names it
   */
  public String expand(String text) {
    StringBuilder expanded = new StringBuilder();
    int from = 0;
    for (int begin = text.indexOf(BEGIN); begin >= 0; begin = text.indexOf(BEGIN, from)) {
      int end = end(text, begin);
      expanded.append(text, from, begin).append(value(text.substring(begin, end)));
      from = end;
    }
    return expanded.append(text, from, text.length()).toString();
  }

  /** Returns where an expression ends: behind the brace that closes its first one. */
  private static int end(String text, int begin) {
    int depth = 0;
    for (int i = begin + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{') {
        depth++;
      } else if (c == '}') {
        depth--;
        if (depth == 0) {
          return i + 1;
        }
      }
    }
    throw new IllegalArgumentException(Message.UNBALANCED.bare(text.substring(begin), text));
  }

  private String value(String expression) {
    String inside = expression.substring(BEGIN.length(), expression.length() - 1);
    int colon = inside.indexOf(':');
    String key = colon < 0 ? inside : inside.substring(0, colon);
    if (key.isBlank() || key.contains("{") || key.contains("}")) {
      throw new IllegalArgumentException(Message.NO_KEY.bare(expression));
    }
    Optional<String> value = values.apply(key);
    if (value.isPresent()) {
      return value.get();
    }
    if (colon < 0) {
      throw new IllegalArgumentException(Message.NO_VALUE.bare(expression));
    }
    return expand(inside.substring(colon + 1));
  }
}
