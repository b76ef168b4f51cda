package io.synchronik.worker;

import java.time.Duration;

/**
 * How many items may begin within a time: in any stretch of the period, not only in those that
 * follow one another, and over all nodes. Immutable.
 *
 * <p>Creating one throws {@link IllegalArgumentException} if a value is out of its range.
 *
 * @param count 1 to 1,000,000
 * @param period 10 ms to 1 day
 */
public record RateLimit(int count, Duration period) {
  private static final int MOST = 1_000_000;
  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofDays(1);

  public RateLimit {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException("rate must be 1 to " + MOST + " items, not " + count);
    }
    if (period.compareTo(SHORTEST) < 0 || period.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("rate must be per 10 ms to 1 day, not per " + period);
    }
  }
}
