package io.synchronik.schedule;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

final class Ranges {
  private Ranges() {}

  /** Returns a duration in whole milliseconds that is not negative and not too long. */
  static Duration notNegative(String name, Duration value) {
    return atLeast(name, value, Duration.ZERO);
  }

  static Duration atLeast(String name, Duration value, Duration bound) {
    if (value.compareTo(bound) < 0) {
      throw new IllegalArgumentException(
          name + " must be at least " + bound.toMillis() + " ms, not " + value);
    }
    if (value.compareTo(Schedule.LONGEST) > 0) {
      throw new IllegalArgumentException(
          name + " must be at most 100 years (" + Schedule.LONGEST + "), not " + value);
    }
    return value.truncatedTo(ChronoUnit.MILLIS);
  }
}
