package io.synchronik.schedule;

import java.time.Duration;
import java.time.ZoneId;

/**
 * When a unit is due. The next due time is computed from the last <em>scheduled</em> one, so that
 * delays do not add up; with {@link IntervalMode#FIXED_DELAY} it is computed from the end of the
 * run that was begun for the last one; runs that somebody asked for do not count. Times are precise
 * to the millisecond.
 */
public sealed interface Schedule {
  /** The shortest interval that is taken. */
  Duration SHORTEST = Duration.ofMillis(10);

  /**
   * The longest duration that any setting takes: 100 years of 365 days. A longer one is an error
   * wherever it is set, and is shortened to this where application code returns it during a run.
   */
  Duration LONGEST = Duration.ofDays(36_500);

  /** Returns the upper bound of a random delay added to each due time; zero means none. */
  Duration jitter();

  /**
   * Due again and again after an interval.
   *
   * <p>Creating one throws {@link IllegalArgumentException} if a value is out of its range; the
   * message names it.
   *
   * @param interval between due times, {@link Schedule#SHORTEST} to {@link Schedule#LONGEST}
   * @param mode from what the interval counts
   * @param initialDelay from registration to the first due time, zero to {@link Schedule#LONGEST};
   *     zero (default) means at once
   * @param jitter not negative, shorter than the interval
   */
  record Every(Duration interval, IntervalMode mode, Duration initialDelay, Duration jitter)
      implements Schedule {
    public Every {
      interval = Ranges.atLeast("every", interval, SHORTEST);
      initialDelay = Ranges.notNegative("initialDelay", initialDelay);
      jitter = Ranges.notNegative("jitter", jitter);
      if (jitter.compareTo(interval) >= 0) {
        throw new IllegalArgumentException(
            "jitter (" + jitter + ") must be shorter than every (" + interval + ")");
      }
    }
  }

  /**
   * Due at the times that a cron expression gives.
   *
   * <p>Creating one throws {@link IllegalArgumentException} if a value is out of its range. The
   * expression itself is checked when the unit is registered.
   *
   * @param expression Quartz syntax: 6 or 7 fields, seconds first, at most 800 characters. One of
   *     the two day fields is {@code ?}. A {@code W} never leaves its month, and a day that a month
   *     does not have, with or without {@code W}, is passed over in it
   * @param zone the time zone in which the fields are read: a region or an offset, in any form that
   *     {@link ZoneId#of(String)} takes. In a gap of daylight saving a missing time is passed over.
   *     In an overlap an expression whose hour is every hour ({@code *}) is due in both passes, any
   *     other in the first one
   * @param jitter not negative; shorter than the least time between two of the next ten due times,
   *     which is checked when the unit is registered
   */
  record Cron(String expression, ZoneId zone, Duration jitter) implements Schedule {
    private static final int MOST_CHARACTERS = 800;

    public Cron {
      if (expression.isBlank()) {
        throw new IllegalArgumentException("cron must not be blank");
      }
      if (expression.length() > MOST_CHARACTERS) {
        throw new IllegalArgumentException(
            "cron must have at most "
                + MOST_CHARACTERS
                + " characters, not "
                + expression.length());
      }
      jitter = Ranges.notNegative("jitter", jitter);
    }
  }
}
