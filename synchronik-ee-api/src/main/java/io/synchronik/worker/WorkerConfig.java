package io.synchronik.worker;

import io.synchronik.schedule.MisfirePolicy;
import io.synchronik.schedule.Overlap;
import io.synchronik.schedule.Schedule;
import io.synchronik.unit.UnitConfig;
import java.time.Duration;
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
 * @param timeout after which an attempt is interrupted and counts as failed; null (default) for
 *     never
 * @param maxRuns number of runs after which the unit is disabled; 0 (default) for no limit
 * @param limits how much of its items is worked on at once; only for workers with items
 */
public record WorkerConfig(
    @Nullable Schedule schedule,
    MisfirePolicy misfire,
    Overlap overlap,
    RetryPolicy retry,
    @Nullable Duration timeout,
    long maxRuns,
    ItemLimits limits)
    implements UnitConfig {
  /** On demand, no retries, no timeout, no limits. */
  public static final WorkerConfig DEFAULT =
      new WorkerConfig(
          null, MisfirePolicy.DEFAULT, Overlap.SKIP, RetryPolicy.NONE, null, 0, ItemLimits.NONE);

  public WorkerConfig {
    if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
      throw new IllegalArgumentException("timeout must be positive, not " + timeout);
    }
    if (maxRuns < 0) {
      throw new IllegalArgumentException("maxRuns must not be negative, not " + maxRuns);
    }
  }

  /** Returns a builder that starts from these values. */
  public WorkerConfigBuilder toBuilder() {
    return new WorkerConfigBuilder(this);
  }
}
