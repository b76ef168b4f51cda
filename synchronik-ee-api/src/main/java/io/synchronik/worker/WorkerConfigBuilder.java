package io.synchronik.worker;

import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Misfire;
import io.synchronik.schedule.MisfirePolicy;
import io.synchronik.schedule.Overlap;
import io.synchronik.schedule.Schedule;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Changes some values of a {@link WorkerConfig} and leaves the others. Values are checked by {@link
 * #build}. Not safe for use by several threads.
 */
public final class WorkerConfigBuilder {
  private @Nullable Schedule schedule;
  private MisfirePolicy misfire;
  private Overlap overlap;
  private RetryPolicy retry;
  private @Nullable Duration timeout;
  private long maxRuns;
  private ItemLimits limits;
  private @Nullable Duration uniqueFor;

  WorkerConfigBuilder(WorkerConfig from) {
    schedule = from.schedule();
    misfire = from.misfire();
    overlap = from.overlap();
    retry = from.retry();
    timeout = from.timeout();
    maxRuns = from.maxRuns();
    limits = from.limits();
    uniqueFor = from.uniqueFor();
  }

  /** Sets when the worker is due; null for on demand only. */
  public WorkerConfigBuilder schedule(@Nullable Schedule value) {
    schedule = value;
    return this;
  }

  /** Sets a fixed-rate interval without initial delay and jitter. */
  public WorkerConfigBuilder every(Duration interval) {
    return schedule(
        new Schedule.Every(interval, IntervalMode.FIXED_RATE, Duration.ZERO, Duration.ZERO));
  }

  /** Sets a cron expression (Quartz syntax) in a time zone. */
  public WorkerConfigBuilder cron(String expression, ZoneId zone) {
    return schedule(new Schedule.Cron(expression, zone, Duration.ZERO));
  }

  /** Sets what happens to late firings. */
  public WorkerConfigBuilder misfire(Misfire policy) {
    misfire = new MisfirePolicy(policy, misfire.threshold());
    return this;
  }

  /** Sets from when on a firing is late; null for what the schedule gives. */
  public WorkerConfigBuilder misfireThreshold(@Nullable Duration value) {
    misfire = new MisfirePolicy(misfire.policy(), value);
    return this;
  }

  /** Sets what happens when a run should start while another is going on. */
  public WorkerConfigBuilder overlap(Overlap value) {
    overlap = value;
    return this;
  }

  /** Sets all of the retry policy. */
  public WorkerConfigBuilder retry(RetryPolicy value) {
    retry = value;
    return this;
  }

  /** Sets the number of attempts after the first. */
  public WorkerConfigBuilder maxRetries(int value) {
    return retry(
        new RetryPolicy(
            value,
            retry.delay(),
            retry.factor(),
            retry.maxDelay(),
            retry.jitter(),
            retry.onNodeLoss()));
  }

  /** Sets the delay before the first retry. */
  public WorkerConfigBuilder retryDelay(Duration value) {
    return retry(
        new RetryPolicy(
            retry.maxRetries(),
            value,
            retry.factor(),
            retry.maxDelay(),
            retry.jitter(),
            retry.onNodeLoss()));
  }

  /** Sets what becomes of a run whose node is lost. */
  public WorkerConfigBuilder onNodeLoss(NodeLoss value) {
    return retry(
        new RetryPolicy(
            retry.maxRetries(),
            retry.delay(),
            retry.factor(),
            retry.maxDelay(),
            retry.jitter(),
            value));
  }

  /** Sets after which time an attempt is interrupted; null for never. */
  public WorkerConfigBuilder timeout(@Nullable Duration value) {
    timeout = value;
    return this;
  }

  /** Sets after how many runs the unit is disabled; 0 for never. */
  public WorkerConfigBuilder maxRuns(long value) {
    maxRuns = value;
    return this;
  }

  /** Sets all limits on the worker's items. */
  public WorkerConfigBuilder limits(ItemLimits value) {
    limits = value;
    return this;
  }

  /** Sets how many calls for items are under way at once over all nodes; 0 for no limit. */
  public WorkerConfigBuilder concurrency(int value) {
    return limits(new ItemLimits(value, limits.nodeConcurrency(), limits.queue(), limits.rate()));
  }

  /** Sets how many calls for items are under way at once on each node; 0 for no limit. */
  public WorkerConfigBuilder nodeConcurrency(int value) {
    return limits(new ItemLimits(limits.concurrency(), value, limits.queue(), limits.rate()));
  }

  /** Sets the limit that the worker's items share with those of others; null for none. */
  public WorkerConfigBuilder queue(@Nullable String value) {
    return limits(
        new ItemLimits(limits.concurrency(), limits.nodeConcurrency(), value, limits.rate()));
  }

  /** Sets how many items may begin within a time, over all nodes. */
  public WorkerConfigBuilder rate(int count, Duration period) {
    return limits(
        new ItemLimits(
            limits.concurrency(),
            limits.nodeConcurrency(),
            limits.queue(),
            new RateLimit(count, period)));
  }

  /** Sets for how long keys of items are unique among all runs; null for within their run alone. */
  public WorkerConfigBuilder uniqueFor(@Nullable Duration value) {
    uniqueFor = value;
    return this;
  }

  /**
   * Checks and returns the configuration.
   *
   * @return the configuration
   * @throws IllegalArgumentException if a value is out of its range; the message names it
   */
  public WorkerConfig build() {
    return new WorkerConfig(schedule, misfire, overlap, retry, timeout, maxRuns, limits, uniqueFor);
  }
}
