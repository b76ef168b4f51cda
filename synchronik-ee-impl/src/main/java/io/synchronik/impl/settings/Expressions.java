package io.synchronik.impl.settings;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expands {@code ${key}} and {@code ${key:default}} in texts from code. Values are not expanded
 * again, and nothing from HTTP or the database ever passes here.
 */
public final class Expressions {
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^}:]+)(?::([^}]*))?}");

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
   * @throws IllegalArgumentException if one has neither value nor default
   */
  public String expand(String text) {
    Matcher matcher = EXPRESSION.matcher(text);
    StringBuilder expanded = new StringBuilder();
    while (matcher.find()) {
      String byDefault = matcher.group(2);
      String value =
          values
              .apply(matcher.group(1))
              .or(() -> Optional.ofNullable(byDefault))
              .orElseThrow(
                  () -> new IllegalArgumentException(Message.NO_VALUE.bare(matcher.group())));
      matcher.appendReplacement(expanded, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(expanded).toString();
  }
}
