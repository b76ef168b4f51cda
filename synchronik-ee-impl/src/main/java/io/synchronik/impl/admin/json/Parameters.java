package io.synchronik.impl.admin.json;

import io.synchronik.run.FailureKind;
import io.synchronik.unit.UnitId;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads query parameters. Every complaint names the parameter. */
public final class Parameters {
  private static final Pattern SHORT_LENGTH = Pattern.compile("\\d{1,9}[smhd]");

  private Parameters() {}

  public static int number(String name, @Nullable String text, int byDefault, int least, int most) {
    return (int) number(name, text, (long) byDefault, least, most);
  }

  public static long position(String name, @Nullable String text, long byDefault) {
    return number(name, text, byDefault, 0, Long.MAX_VALUE);
  }

  private static long number(
      String name, @Nullable String text, long byDefault, long least, long most) {
    if (text == null || text.isBlank()) {
      return byDefault;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below, as for a number out of range
    }
    throw ProblemException.badRequest(
        name, "must be a number from %d to %d".formatted(least, most));
  }

  /** Returns a text that any database can store. */
  public static String plainText(String name, String text, int longest) {
    if (text.isBlank() || text.length() > longest) {
      throw ProblemException.badRequest(name, "must have 1 to %d characters".formatted(longest));
    }
    // A database may refuse the one with the number 0
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw ProblemException.badRequest(name, "must have no control characters");
    }
    return text;
  }

  public static boolean flag(String name, @Nullable String text) {
    if (text == null || text.isBlank() || text.equals("false")) {
      return false;
    }
    if (text.equals("true")) {
      return true;
    }
    throw ProblemException.badRequest(name, "must be true or false");
  }

  /** Reads constants of an enum, given as several parameters, with commas, or both. */
  public static <E extends Enum<E>> Set<E> constants(
      Class<E> type, String name, List<String> texts) {
    Set<E> constants = EnumSet.noneOf(type);
    texts.stream()
        .flatMap(text -> Stream.of(text.split(",")))
        .map(String::trim)
        .filter(text -> !text.isEmpty())
        .forEach(text -> constants.add(constant(type, name, text)));
    return constants;
  }

  public static <E extends Enum<E>> E constant(Class<E> type, String name, String text) {
    return EnumText.parse(type, text)
        .orElseThrow(
            () ->
                ProblemException.badRequest(
                    name,
                    "must be one of "
                        + Stream.of(type.getEnumConstants()).map(EnumText::write).toList()));
  }

  /** Reads a time: ISO-8601 with an offset, or how long before now: -24h. */
  public static Instant time(String name, @Nullable String text, Instant now, Instant byDefault) {
    if (text == null || text.isBlank()) {
      return byDefault;
    }
    try {
      return text.startsWith("-")
          ? now.minus(length(text.substring(1)))
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException | ArithmeticException e) {
      throw ProblemException.badRequest(
          name, "must be a time such as 2026-11-29T12:00:00Z, or so long ago: -24h");
    }
  }

  /** Reads a length of time: 5m, 24h, 7d, or ISO-8601. */
  public static Duration duration(String name, @Nullable String text, Duration byDefault) {
    if (text == null || text.isBlank()) {
      return byDefault;
    }
    try {
      return length(text);
    } catch (DateTimeException | ArithmeticException e) {
      throw ProblemException.badRequest(name, "must be a length of time such as 5m, 24h or 7d");
    }
  }

  private static Duration length(String text) {
    if (!SHORT_LENGTH.matcher(text).matches()) {
      return Duration.parse(text);
    }
    return Duration.parse(text.endsWith("d") ? "P" + text : "PT" + text);
  }

  /** Reads the group of failures that lists are narrowed to; null when there is none. */
  public static @Nullable String group(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      return FailureKind.group(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest("group", "is no group of failures");
    }
  }

  /** Reads the id of a unit that lists are narrowed to; null when there is none. */
  public static @Nullable String unit(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    if (!UnitId.isValid(text)) {
      throw ProblemException.badRequest("unit", "is not a unit id");
    }
    return text;
  }
}
