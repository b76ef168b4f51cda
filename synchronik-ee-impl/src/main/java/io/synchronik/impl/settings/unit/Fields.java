package io.synchronik.impl.settings.unit;

import io.synchronik.impl.settings.Message;
import io.synchronik.run.InvalidConfigurationException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Named texts as they are read; what is wrong with one names its field. */
record Fields(Map<String, String> texts) {
  /** Returns the trimmed text, empty when there is none. */
  String text(String name) {
    return texts.getOrDefault(name, "").trim();
  }

  /** Returns the value, or the default for an empty text. */
  <T> T get(String name, T byDefault, Function<String, T> parse) {
    T value = orNull(name, parse);
    return value == null ? byDefault : value;
  }

  /** Returns the value, null for an empty text. */
  <T> @Nullable T orNull(String name, Function<String, T> parse) {
    String text = text(name);
    if (text.isEmpty()) {
      return null;
    }
    try {
      return parse.apply(text);
    } catch (NumberFormatException e) {
      throw bad(name, name + ": '" + text + "' is not a number");
    } catch (IllegalArgumentException e) {
      throw bad(name, name + ": " + e.getMessage());
    }
  }

  /** Returns a constant of an enumeration, or the default for an empty text. */
  <E extends Enum<E>> E constant(String name, E byDefault) {
    return get(name, byDefault, text -> constant(byDefault.getDeclaringClass(), text));
  }

  /** Reads a constant's name in any case, with {@code -} or {@code _}. */
  static <E extends Enum<E>> E constant(Class<E> type, String text) {
    try {
      return Enum.valueOf(type, text.trim().toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is none of " + List.of(type.getEnumConstants()), e);
    }
  }

  /** Creates a record of the API, whose messages begin with the name of the wrong value. */
  <T> T checked(String byDefault, Supplier<T> creation) {
    try {
      return creation.get();
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      String first = message.split(" ", 2)[0];
      throw bad(texts.containsKey(first) ? first : byDefault, message);
    }
  }

  static InvalidConfigurationException bad(String field, String message) {
    return new InvalidConfigurationException(field, Message.BAD_FIELD.with(message));
  }
}
