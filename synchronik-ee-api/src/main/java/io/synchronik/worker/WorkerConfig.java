package io.synchronik.worker;

import io.synchronik.schedule.MisfirePolicy;
import io.synchronik.schedule.Overlap;
import io.synchronik.schedule.Schedule;
import io.synchronik.unit.UnitConfig;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a worker: all that can be changed without its code. Immutable.
 *
 * <p>Creating one throws {@link IllegalArgumentException} if a value is out of its range; the
 * message names it.
 *
 * @param schedule when it is due; null (default) when it runs only on demand
 * @param misfire what happens to firings that come late
 * @param overlap what happens when a run should start while another is going on
 * @param retry how often a failed attempt is tried again
 * @param timeout after which an attempt is interrupted and counts as failed, 1 ms to {@link
 *     Schedule#LONGEST}; null (default) for never
 * @param maxRuns number of runs after which the unit is disabled; 0 (default) for no limit
 * @param limits how much of its items is worked on at once; only for workers with items
 * @param uniqueFor for how long the key of an item is unique among all its runs, counted from when
 *     the item was added; positive, at most 3,650 days; null (default) for within its run alone;
 *     only for workers with items. A change counts for keys that are added from then on
 */
public record WorkerConfig(
    @Nullable Schedule schedule,
    MisfirePolicy misfire,
    Overlap overlap,
    RetryPolicy retry,
    @Nullable Duration timeout,
    long maxRuns,
    ItemLimits limits,
    @Nullable Duration uniqueFor)
    implements UnitConfig {
  /** On demand, no retries, no timeout, no limits. */
  public static final WorkerConfig DEFAULT =
      new WorkerConfig(
          null,
          MisfirePolicy.DEFAULT,
          Overlap.SKIP,
          RetryPolicy.NONE,
          null,
          0,
          ItemLimits.NONE,
          null);

  private static final Duration LONGEST_UNIQUE = Duration.ofDays(3650);

  private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);

  public WorkerConfig {
    if (timeout != null && timeout.compareTo(SHORTEST_TIMEOUT) < 0) {
      throw new IllegalArgumentException("timeout must be positive, at least 1 ms, not " + timeout);
    }
    if (timeout != null && timeout.compareTo(Schedule.LONGEST) > 0) {
      throw new IllegalArgumentException(
          "timeout must be at most 100 years (" + Schedule.LONGEST + "), not " + timeout);
    }
    timeout = timeout == null ? null : timeout.truncatedTo(ChronoUnit.MILLIS);
    if (maxRuns < 0) {
      throw new IllegalArgumentException("maxRuns must not be negative, not " + maxRuns);
    }
    if (uniqueFor != null
        && (uniqueFor.isNegative()
            || uniqueFor.isZero()
            || uniqueFor.compareTo(LONGEST_UNIQUE) > 0)) {
      throw new IllegalArgumentException(
          "uniqueFor must be positive and at most 3650 days, not " + uniqueFor);
    }
  }

  /** Returns a builder that starts from these values. */
  public WorkerConfigBuilder toBuilder() {
    return new WorkerConfigBuilder(this);
  }
}
