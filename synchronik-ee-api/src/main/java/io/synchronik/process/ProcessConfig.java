package io.synchronik.process;

import io.synchronik.schedule.MisfirePolicy;
import io.synchronik.schedule.Overlap;
import io.synchronik.schedule.Schedule;
import io.synchronik.unit.UnitConfig;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a process: all that can be changed without its definition. A change counts
 * for runs that start after it. Immutable.
 *
 * <p>Creating one throws {@link IllegalArgumentException} if a value is out of its range; the
 * message names it.
 *
 * @param schedule when it is due; null (default) when it runs only on demand
 * @param misfire what happens to firings that come late
 * @param overlap what happens when a run should start while another is going on
 * @param order the run mode; {@link RunMode#GRAPH} if and only if workers depend on others
 * @param failurePolicy what a failed worker means; default by the run mode
 * @param maxRuns number of runs after which the process is disabled; 0 (default) for no limit
 */
public record ProcessConfig(
    @Nullable Schedule schedule,
    MisfirePolicy misfire,
    Overlap overlap,
    RunOrder order,
    FailurePolicy failurePolicy,
    long maxRuns)
    implements UnitConfig {
  /** On demand, sequential, stopped by a failure, no limit. */
  public static final ProcessConfig DEFAULT =
      new ProcessConfig(
          null, MisfirePolicy.DEFAULT, Overlap.SKIP, RunOrder.DEFAULT, FailurePolicy.STOP, 0);

  public ProcessConfig {
    if (maxRuns < 0) {
      throw new IllegalArgumentException("maxRuns must not be negative, not " + maxRuns);
    }
  }

  /** Returns a builder that starts from these values. */
  public ProcessConfigBuilder toBuilder() {
    return new ProcessConfigBuilder(this);
  }
}
