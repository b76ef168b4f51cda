package io.synchronik.schedule;

/** From what an interval counts. */
public enum IntervalMode {
  /** From the last scheduled start. The default. */
  FIXED_RATE,
  /** From the end of the last run; nothing is due while one is going on. */
  FIXED_DELAY
}
