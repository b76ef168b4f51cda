package io.synchronik.worker;

/** What becomes of a run whose node is lost while an attempt is under way. */
public enum NodeLoss {
  /**
   * Another node makes the attempt again, and it does not count. What the lost one did outside the
   * run's transaction may then be done twice. The default.
   */
  RETRY,
  /** The run fails: its work is never begun twice, and somebody has to look. */
  FAIL
}
