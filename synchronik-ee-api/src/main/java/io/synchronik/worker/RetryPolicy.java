package io.synchronik.worker;

import io.synchronik.schedule.Schedule;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * How often a failed attempt is tried again. Delays are wall time, precise to the millisecond.
 *
 * <p>Creating one throws {@link IllegalArgumentException} if a value is out of its range; the
 * message names it.
 *
 * @param maxRetries attempts after the first, 0 to 1,000; 0 means none (default)
 * @param delay before the first retry, zero to {@link Schedule#LONGEST}; multiplied by {@code
 *     factor} for each later one
 * @param factor at least 1.0 (default)
 * @param maxDelay upper bound of any one delay; {@code delay} to {@link Schedule#LONGEST}; default
 *     one hour
 * @param jitter share of each delay that is added at random, 0 (default) to 1
 * @param onNodeLoss what becomes of a run whose node is lost; it uses up no retry
 */
public record RetryPolicy(
    int maxRetries,
    Duration delay,
    double factor,
    Duration maxDelay,
    double jitter,
    NodeLoss onNodeLoss) {
  /** No retries. */
  public static final RetryPolicy NONE =
      new RetryPolicy(0, Duration.ZERO, 1.0, Duration.ofHours(1), 0);

  public RetryPolicy {
    require(maxRetries >= 0 && maxRetries <= 1000, "maxRetries", "0 to 1000", maxRetries);
    require(!delay.isNegative(), "retryDelay", "not negative", delay);
    bound("retryDelay", delay);
    require(factor >= 1 && factor <= 1000, "retryFactor", "1 to 1000", factor);
    require(
        maxDelay.compareTo(delay) >= 0, "retryMaxDelay", "not below retryDelay " + delay, maxDelay);
    bound("retryMaxDelay", maxDelay);
    require(jitter >= 0 && jitter <= 1, "retryJitter", "0 to 1", jitter);
    delay = delay.truncatedTo(ChronoUnit.MILLIS);
    maxDelay = maxDelay.truncatedTo(ChronoUnit.MILLIS);
  }

  /** Creates a policy by which a run goes on after the loss of its node. */
  public RetryPolicy(
      int maxRetries, Duration delay, double factor, Duration maxDelay, double jitter) {
    this(maxRetries, delay, factor, maxDelay, jitter, NodeLoss.RETRY);
  }

  private static void bound(String name, Duration value) {
    require(
        value.compareTo(Schedule.LONGEST) <= 0,
        name,
        "at most 100 years (" + Schedule.LONGEST + ")",
        value);
  }

  private static void require(boolean holds, String name, String range, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(name + " must be " + range + ", not " + value);
    }
  }

  /**
   * Computes the delay before an attempt: {@code min(maxDelay, delay × factor^(attempt − 2))}, and
   * the random share on top.
   *
   * @param attempt number of the attempt to come, from 2
   * @param random 0 (inclusive) to 1: which part of the jitter is added
   * @return the delay
   */
  public Duration delayBefore(int attempt, double random) {
    double grown = (double) delay.toMillis() * Math.pow(factor, Math.max(0, attempt - 2));
    double capped = Math.min((double) maxDelay.toMillis(), grown);
    return Duration.ofMillis(Math.round(capped * (1 + jitter * random)));
  }
}
