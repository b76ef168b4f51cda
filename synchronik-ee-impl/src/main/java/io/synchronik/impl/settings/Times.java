package io.synchronik.impl.settings;

import io.synchronik.run.InvalidConfigurationException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times as every database can keep them. */
public final class Times {
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private Times() {}

  /** Returns the time nearest to one that may be out of range. */
  public static Instant within(Instant time) {
    if (time.isBefore(FIRST)) {
      return FIRST;
    }
    return time.isAfter(LAST) ? LAST : time;
  }

  /**
   * Checks a time that somebody gives.
   *
   * @throws InvalidConfigurationException if it is out of range
   */
  public static void check(String name, @Nullable Instant time) {
    if (time != null && (time.isBefore(FIRST) || time.isAfter(LAST))) {
      throw new InvalidConfigurationException(name, Message.TIME_RANGE.with(name, time));
    }
  }
}
