package io.synchronik.bulk;

/** What is done to each of many. */
public enum BulkAction {
  /**
   * Failed items are tried again, with all their attempts; failed or cancelled runs are run again:
   * of a process or of items what did not succeed, any other with the same payload.
   */
  RETRY,
  /** Runs are cancelled, items withdrawn. */
  CANCEL,
  /** Units are paused until somebody resumes them. */
  PAUSE,
  /** Pauses of units end. */
  RESUME,
  /** Schedules run units again. */
  ENABLE,
  /** Schedules do not run units. */
  DISABLE
}
