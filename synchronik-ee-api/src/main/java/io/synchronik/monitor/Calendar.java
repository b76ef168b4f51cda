package io.synchronik.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Starts of runs by time: those that were, and those that schedules will make as they stand.
 *
 * @param at the database's time that parts the ones from the others
 * @param interval the length of the intervals; at least an hour when the span begins more than 8
 *     days ago and all units are counted
 * @param intervals those with anything in them, in their order
 * @param computedTo coming starts are counted up to this time, as there are more than 100,000
 *     behind it; null when all are counted
 * @param countedFrom past starts are counted from this time on, as there are more than 100,000
 *     before it; null when all are counted that are kept
 */
public record Calendar(
    Instant at,
    Duration interval,
    List<Interval> intervals,
    @Nullable Instant computedTo,
    @Nullable Instant countedFrom) {
  public Calendar {
    intervals = List.copyOf(intervals);
  }

  /**
   * One interval.
   *
   * @param from its begin: a multiple of its length since the beginning of 1970, UTC
   * @param started runs that began, whatever for
   * @param failed runs that failed in it
   * @param misfired due times that were missed, by the time at which that was noticed
   * @param coming due times to come, as schedules, pauses and flags stand
   */
  public record Interval(Instant from, long started, long failed, long misfired, long coming) {}
}
