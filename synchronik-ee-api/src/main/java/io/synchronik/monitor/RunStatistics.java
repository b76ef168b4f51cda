package io.synchronik.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What happened to the runs of an application in a span of time. Runs that are part of processes
 * count as all others.
 *
 * @param interval the length of the intervals; at least an hour when the span begins more than 8
 *     days ago
 * @param intervals those in which something happened, in their order
 * @param total the same for all of the span
 */
public record RunStatistics(Duration interval, List<Interval> intervals, RunCounts total) {
  public RunStatistics {
    intervals = List.copyOf(intervals);
  }

  /**
   * One interval.
   *
   * @param from its begin: a multiple of its length since the beginning of 1970, UTC
   * @param counts what happened in it
   */
  public record Interval(Instant from, RunCounts counts) {}
}
