package io.synchronik.schedule;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What happens to late firings, and from when on a firing is late. Lateness counts from the due
 * time with its jitter.
 *
 * <p>Creating one throws {@link IllegalArgumentException} if the threshold is negative.
 *
 * @param policy what happens; default {@link Misfire#FIRE_ONCE}
 * @param threshold how much later than due a firing is still on time; not negative. Null (default)
 *     for what the schedule gives: the smaller of 60 s and the interval, or the least time between
 *     two of the next ten times of a cron expression, and at least 1 s
 */
public record MisfirePolicy(Misfire policy, @Nullable Duration threshold) {
  /** How many missed times {@link Misfire#CATCH_UP} makes up for at most; the latest ones. */
  public static final int MOST_CAUGHT_UP = 100;

  /** The shortest threshold that a schedule gives. */
  public static final Duration SHORTEST_DEFAULT = Duration.ofSeconds(1);

  /** The longest threshold that a schedule gives. */
  public static final Duration LONGEST_DEFAULT = Duration.ofSeconds(60);

  /** {@link Misfire#FIRE_ONCE} after the threshold that the schedule gives. */
  public static final MisfirePolicy DEFAULT = new MisfirePolicy(Misfire.FIRE_ONCE, null);

  public MisfirePolicy {
    if (threshold != null) {
      threshold = Ranges.notNegative("misfireThreshold", threshold);
    }
  }

  /**
   * Returns the threshold in force.
   *
   * @param leastGap the interval, or the least time between two due times; null for a schedule that
   *     is due once more at most
   */
  public Duration thresholdFor(@Nullable Duration leastGap) {
    if (threshold != null) {
      return threshold;
    }
    if (leastGap == null || leastGap.compareTo(LONGEST_DEFAULT) > 0) {
      return LONGEST_DEFAULT;
    }
    return leastGap.compareTo(SHORTEST_DEFAULT) < 0 ? SHORTEST_DEFAULT : leastGap;
  }
}
