package io.synchronik.schedule;

import java.time.Duration;

/**
 * What happens to late firings, and from when on a firing is late.
 *
 * @param policy what happens; default {@link Misfire#FIRE_ONCE}
 * @param threshold how much later than due a firing is still on time; not negative, default 60 s
 * @throws IllegalArgumentException if the threshold is negative
 */
public record MisfirePolicy(Misfire policy, Duration threshold) {
  /** How many missed times {@link Misfire#CATCH_UP} makes up for at most; the latest ones. */
  public static final int MOST_CAUGHT_UP = 100;

  /** {@link Misfire#FIRE_ONCE} after 60 s. */
  public static final MisfirePolicy DEFAULT =
      new MisfirePolicy(Misfire.FIRE_ONCE, Duration.ofSeconds(60));

  public MisfirePolicy {
    Ranges.notNegative("misfireThreshold", threshold);
  }
}
