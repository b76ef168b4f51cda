package io.synchronik.unit;

import java.time.Duration;
import java.util.List;

/**
 * Bounded statistics of a unit's runs since its registration. They survive restarts.
 *
 * @param runs runs that really ran to an end: completed, failed or cancelled while running; skipped
 *     ones do not count
 * @param completed runs that completed
 * @param failed runs whose last attempt failed
 * @param totalDuration sum of the durations of completed runs
 * @param durations the extremes and the latest samples
 */
public record UnitStatistics(
    long runs, long completed, long failed, Duration totalDuration, Durations durations) {

  /**
   * Durations of completed runs.
   *
   * @param min the shortest; zero when none completed
   * @param max the longest; zero when none completed
   * @param latest those of the latest completed runs that are still in the history, newest first,
   *     at most 100
   */
  public record Durations(Duration min, Duration max, List<Duration> latest) {
    public Durations {
      latest = List.copyOf(latest);
    }
  }

  /**
   * Returns the mean duration of completed runs.
   *
   * @return milliseconds; 0 when none completed
   */
  public double averageMillis() {
    return completed == 0 ? 0 : (double) totalDuration.toMillis() / completed;
  }
}
