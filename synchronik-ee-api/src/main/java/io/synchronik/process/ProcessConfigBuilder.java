package io.synchronik.process;

import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Misfire;
import io.synchronik.schedule.MisfirePolicy;
import io.synchronik.schedule.Overlap;
import io.synchronik.schedule.Schedule;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Changes some values of a {@link ProcessConfig} and leaves the others. Values are checked by
 * {@link #build}. Not safe for use by several threads.
 */
public final class ProcessConfigBuilder {
  private @Nullable Schedule schedule;
  private MisfirePolicy misfire;
  private Overlap overlap;
  private RunOrder order;
  private FailurePolicy failurePolicy;
  private long maxRuns;

  ProcessConfigBuilder(ProcessConfig from) {
    schedule = from.schedule();
    misfire = from.misfire();
    overlap = from.overlap();
    order = from.order();
    failurePolicy = from.failurePolicy();
    maxRuns = from.maxRuns();
  }

  /** Sets when the process is due; null for on demand only. */
  public ProcessConfigBuilder schedule(@Nullable Schedule value) {
    schedule = value;
    return this;
  }

  /** Sets a fixed-rate interval without initial delay and jitter. */
  public ProcessConfigBuilder every(Duration interval) {
    return schedule(
        new Schedule.Every(interval, IntervalMode.FIXED_RATE, Duration.ZERO, Duration.ZERO));
  }

  /** Sets a cron expression (Quartz syntax) in a time zone. */
  public ProcessConfigBuilder cron(String expression, ZoneId zone) {
    return schedule(new Schedule.Cron(expression, zone, Duration.ZERO));
  }

  /** Sets what happens to late firings. */
  public ProcessConfigBuilder misfire(Misfire policy) {
    return misfire(new MisfirePolicy(policy, misfire.threshold()));
  }

  /** Sets what happens to late firings, and from when on a firing is late. */
  public ProcessConfigBuilder misfire(MisfirePolicy value) {
    misfire = value;
    return this;
  }

  /** Sets from when on a firing is late; null for what the schedule gives. */
  public ProcessConfigBuilder misfireThreshold(@Nullable Duration value) {
    return misfire(new MisfirePolicy(misfire.policy(), value));
  }

  /** Sets what happens when a run should start while another is going on. */
  public ProcessConfigBuilder overlap(Overlap value) {
    overlap = value;
    return this;
  }

  /** Sets the run mode with what belongs to it, and leaves the failure policy as it is. */
  public ProcessConfigBuilder order(RunOrder value) {
    order = value;
    return this;
  }

  /** Sets what a failed worker means. */
  public ProcessConfigBuilder failurePolicy(FailurePolicy value) {
    failurePolicy = value;
    return this;
  }

  /** Sets after how many runs the process is disabled; 0 for never. */
  public ProcessConfigBuilder maxRuns(long value) {
    maxRuns = value;
    return this;
  }

  /**
   * Checks and returns the configuration.
   *
   * @return the configuration
   * @throws IllegalArgumentException if a value is out of its range; the message names it
   */
  public ProcessConfig build() {
    return new ProcessConfig(schedule, misfire, overlap, order, failurePolicy, maxRuns);
  }
}
