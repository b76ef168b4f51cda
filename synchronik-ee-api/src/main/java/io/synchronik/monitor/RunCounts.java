package io.synchronik.monitor;

import java.time.Duration;

/**
 * How many runs began and ended in some time.
 *
 * @param started runs that began, without those that are tried again
 * @param retried attempts that failed and were to be tried again
 * @param misfired due times of schedules that were missed
 * @param ends runs that ended
 * @param durations of runs that completed or failed, from their first begin to their end
 * @param lateness of runs that schedules began
 */
public record RunCounts(
    long started, long retried, long misfired, Ends ends, Durations durations, Lateness lateness) {
  /** Nothing happened. */
  public static final RunCounts NONE =
      new RunCounts(0, 0, 0, new Ends(0, 0, 0, 0), Durations.NONE, Lateness.NONE);

  /**
   * How runs ended.
   *
   * @param completed well
   * @param failed with the failure of their last attempt
   * @param canceled by people or by their process
   * @param skipped without having begun
   */
  public record Ends(long completed, long failed, long canceled, long skipped) {}

  /**
   * How long runs took.
   *
   * @param sum of all
   * @param longest of one
   */
  public record Durations(Duration sum, Duration longest) {
    /** Of no run. */
    public static final Durations NONE = new Durations(Duration.ZERO, Duration.ZERO);

    /** Returns both. */
    public Durations plus(Durations more) {
      return new Durations(sum.plus(more.sum), max(longest, more.longest));
    }
  }

  /** Returns what happened in both times. */
  public RunCounts plus(RunCounts more) {
    return new RunCounts(
        started + more.started,
        retried + more.retried,
        misfired + more.misfired,
        new Ends(
            ends.completed + more.ends.completed,
            ends.failed + more.ends.failed,
            ends.canceled + more.ends.canceled,
            ends.skipped + more.ends.skipped),
        durations.plus(more.durations),
        lateness.plus(more.lateness));
  }

  static Duration max(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }
}
