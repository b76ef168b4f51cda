package io.synchronik.it.benchmarks;

import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * What is to be fired, the same for all contenders.
 *
 * @param units each with a trigger of its own
 * @param interval of each trigger
 * @param spread between the first due times of two neighbours
 * @param threads that run workers
 * @param connections to the database at most
 */
record Load(int units, Duration interval, Duration spread, int threads, int connections) {
  private static final Duration LEAD = Duration.ofSeconds(3);

  /** More is due than can be fired. */
  static Load saturating() {
    return new Load(200, Duration.ofMillis(10), Duration.ZERO, 16, 20);
  }

  /** Twenty firings a second, evenly spread. */
  static Load light() {
    return new Load(200, Duration.ofSeconds(10), Duration.ofMillis(50), 16, 20);
  }

  /** Returns a time at which all triggers can have been registered. */
  static Instant begin() {
    return Instant.now().plus(LEAD).truncatedTo(ChronoUnit.MILLIS);
  }

  /** Returns when a unit is due first. */
  Instant first(int unit, Instant begin) {
    return begin.plus(spread.multipliedBy(unit));
  }

  /** Returns a unit's schedule, to be registered at once. */
  Schedule schedule(int unit, Instant begin) {
    Duration until = Duration.between(Instant.now(), first(unit, begin));
    return new Schedule.Every(
        interval,
        IntervalMode.FIXED_RATE,
        until.isNegative() ? Duration.ZERO : until,
        Duration.ZERO);
  }

  /** Returns a unit's name. */
  static String name(int unit) {
    return String.format(Locale.ROOT, "unit-%03d", unit);
  }

  @Override
  public String toString() {
    return "%d triggers, each every %d ms: %d due per second"
        .formatted(units, interval.toMillis(), units * 1000L / interval.toMillis());
  }
}
