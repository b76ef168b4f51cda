package io.synchronik.unit;

/** The status of a unit: what its runs are doing, or how the last of them ended. */
public enum UnitStatus {
  /** Nothing ran since the unit was registered or reset. */
  IDLE,
  /** At least one run is going on, waits for a free thread, or waits for its next attempt. */
  RUNNING,
  /**
   * A person has paused the unit and nothing of it is going on. Only a person, or the resume time
   * given, ends it.
   */
  PAUSED,
  /** The last run completed or was cancelled. */
  COMPLETED,
  /** The last run failed with its last attempt. */
  ERROR
}
