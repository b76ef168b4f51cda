package io.synchronik.impl.admin.json;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Enum constants as they stand in JSON and in URLs: {@code FIRE_ONCE} is {@code fire-once}. */
public final class EnumText {
  private EnumText() {}

  public static String write(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <E extends Enum<E>> Optional<E> parse(Class<E> type, String text) {
    return Stream.of(type.getEnumConstants())
        .filter(constant -> write(constant).equalsIgnoreCase(text.replace('_', '-')))
        .findFirst();
  }
}
