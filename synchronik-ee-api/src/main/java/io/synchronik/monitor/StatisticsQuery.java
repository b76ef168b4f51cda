package io.synchronik.monitor;

import java.time.Duration;
import java.time.Instant;

/**
 * Which span of time to count, in intervals of which length. Immutable.
 *
 * <p>Creating one throws {@link IllegalArgumentException} if a value is out of its range.
 *
 * @param from begin of the span; the interval that it lies in is counted as a whole
 * @param to end of the span, after its begin
 * @param interval a multiple of five minutes, up to 31 days, of which at most 2,500 cover the span
 */
public record StatisticsQuery(Instant from, Instant to, Duration interval) {
  private static final Duration LEAST = Duration.ofMinutes(5);
  private static final Duration MOST = Duration.ofDays(31);

  /** So many intervals are told at once at most. */
  public static final int MOST_INTERVALS = 2500;

  public StatisticsQuery {
    if (interval.compareTo(LEAST) < 0
        || interval.compareTo(MOST) > 0
        || !interval.equals(LEAST.multipliedBy(interval.dividedBy(LEAST)))) {
      throw new IllegalArgumentException(
          "interval must be a multiple of 5 minutes, up to 31 days, not " + interval);
    }
    if (!to.isAfter(from)) {
      throw new IllegalArgumentException("to must be after from");
    }
    if (Duration.between(from, to).dividedBy(interval) >= MOST_INTERVALS) {
      throw new IllegalArgumentException(
          "interval must be longer: there are more than " + MOST_INTERVALS);
    }
  }
}
