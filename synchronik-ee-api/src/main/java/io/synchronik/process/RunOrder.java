package io.synchronik.process;

import io.synchronik.schedule.Schedule;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * A run mode and what belongs to it.
 *
 * <p>Creating one throws {@link IllegalArgumentException} if a value is out of its range; the
 * message names it.
 *
 * @param mode the run mode
 * @param batchSize workers per group, at least 1, default 2; used by {@link RunMode#BATCHED}
 * @param isolationDelay from the end of one worker to the start of the next, not negative, precise
 *     to the millisecond, default 100 ms; used by {@link RunMode#ISOLATED}
 */
public record RunOrder(RunMode mode, int batchSize, Duration isolationDelay) {
  /** One worker after the other. */
  public static final RunOrder DEFAULT = of(RunMode.SEQUENTIAL);

  public RunOrder {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batchSize must be at least 1, not " + batchSize);
    }
    if (isolationDelay.isNegative()) {
      throw new IllegalArgumentException(
          "isolationDelay must not be negative, not " + isolationDelay);
    }
    if (isolationDelay.compareTo(Schedule.LONGEST) > 0) {
      throw new IllegalArgumentException(
          "isolationDelay must be at most 100 years ("
              + Schedule.LONGEST
              + "), not "
              + isolationDelay);
    }
    isolationDelay = isolationDelay.truncatedTo(ChronoUnit.MILLIS);
  }

  /** Returns a mode with default values. */
  public static RunOrder of(RunMode mode) {
    return new RunOrder(mode, 2, Duration.ofMillis(100));
  }

  /** Returns {@link RunMode#BATCHED} with groups of a size, at least 1. */
  public static RunOrder batched(int size) {
    return new RunOrder(RunMode.BATCHED, size, DEFAULT.isolationDelay);
  }

  /** Returns {@link RunMode#ISOLATED} with a delay, not negative. */
  public static RunOrder isolated(Duration delay) {
    return new RunOrder(RunMode.ISOLATED, DEFAULT.batchSize, delay);
  }
}
