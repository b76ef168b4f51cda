package io.synchronik.monitor;

/** What became of a due time. */
public enum DueVerdict {
  /** It got a run, whose state says how far that is. */
  RAN,
  /** It got no run to execute, by the rules of admission: another one was in progress. */
  SKIPPED,
  /** It got no run to execute, as somebody had paused the unit. */
  PAUSED,
  /** Nobody fired it in time, and by the misfire policy it got no run of its own. */
  MISFIRED,
  /** Nothing was to be fired, as the unit was disabled. */
  DISABLED,
  /** Its time has come, and nobody has fired it yet. */
  DUE,
  /** Its time is to come. */
  COMING,
  /** Nothing is kept of what became of it. */
  UNKNOWN
}
