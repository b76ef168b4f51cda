package io.synchronik.impl.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;

/** Reads values of MicroProfile Config; keeps which were asked for, and all that is wrong. */
final class Values {
  private final Config config;
  private final List<String> errors = new ArrayList<>();
  private final Map<String, String> ranges = new LinkedHashMap<>();

  Values(Config config) {
    this.config = config;
  }

  /** Returns a numbered line for each value that is wrong. */
  List<String> errors() {
    return List.copyOf(errors);
  }

  /** Returns the keys that were asked for. */
  Set<String> keys() {
    return ranges.keySet();
  }

  /** Returns the keys that were asked for, with the range of each that has one. */
  Map<String, String> ranges() {
    return Map.copyOf(ranges);
  }

  void wrong(Message message, Object... values) {
    errors.add(message.with(values));
  }

  String text(String key, String byDefault) {
    ranges.putIfAbsent(key, "");
    return config.getOptionalValue(key, String.class).map(String::trim).orElse(byDefault);
  }

  <T> T value(String key, T byDefault, Function<String, T> parse) {
    String text = text(key, "");
    if (text.isEmpty()) {
      return byDefault;
    }
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      wrong(Message.BAD_SETTING, key, text, String.valueOf(e.getMessage()));
      return byDefault;
    }
  }

  Duration duration(String key, String byDefault, String least, String most) {
    return ranged(
        key,
        least + " to " + most,
        DurationText.parse(byDefault),
        DurationText::parse,
        DurationText.parse(least),
        DurationText.parse(most));
  }

  int number(String key, int byDefault, int least, int most) {
    return ranged(key, least + " to " + most, byDefault, Values::whole, least, most);
  }

  private <T extends Comparable<? super T>> T ranged(
      String key, String range, T byDefault, Function<String, T> parse, T least, T most) {
    ranges.put(key, range);
    return value(
        key,
        byDefault,
        text -> {
          T parsed = parse.apply(text);
          if (parsed.compareTo(least) < 0 || parsed.compareTo(most) > 0) {
            throw new IllegalArgumentException("must be " + range);
          }
          return parsed;
        });
  }

  private static Integer whole(String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a whole number", e);
    }
  }

  static boolean flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }
}
