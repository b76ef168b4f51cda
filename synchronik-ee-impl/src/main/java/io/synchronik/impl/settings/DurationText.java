package io.synchronik.impl.settings;

import io.synchronik.schedule.Schedule;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: ISO-8601, or a number with ms, s, m, h or d; 0 needs none. */
public final class DurationText {
  private static final Pattern SHORT = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)");

  private static final Duration COUNTABLE = Duration.ofMillis(999_999_999_999L);

  private DurationText() {}

  /** Returns a duration to wait for, from none to 100 years, which are for ever. */
  public static Duration most(Duration given) {
    if (given.isNegative()) {
      return Duration.ZERO;
    }
    return given.compareTo(Schedule.LONGEST) > 0 ? Schedule.LONGEST : given;
  }

  /**
   * Reads a duration.
   *
   * @throws IllegalArgumentException with a message that says what is expected
   */
  public static Duration parse(String text) {
    String trimmed = text.trim().toLowerCase(Locale.ROOT);
    if (trimmed.equals("0")) {
      return Duration.ZERO;
    }
    Matcher matcher = SHORT.matcher(trimmed);
    if (matcher.matches()) {
      long number = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(number);
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        case "h" -> Duration.ofHours(number);
        default -> Duration.ofDays(number);
      };
    }
    try {
      return Duration.parse(trimmed);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a duration: ISO-8601 (PT15M) or a number with ms, s, m, h or d",
          e);
    }
  }

  /**
   * Writes a duration so that {@link #parse} reads it: {@code 15m}, {@code 1500ms}, and as ISO-8601
   * when it is negative or has more than twelve digits in milliseconds.
   */
  public static String write(Duration value) {
    if (value.isNegative() || value.compareTo(COUNTABLE) > 0) {
      return value.toString();
    }
    long millis = value.toMillis();
    if (millis % 1000 != 0 || millis == 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
