package io.synchronik.impl.net;

/** Why a command changes nothing. */
public enum Refusal {
  /** The run is final. */
  FINAL_RUN,
  /** The net has no such task. */
  UNKNOWN_TASK,
  /** The task is in another generation. */
  STALE_GENERATION,
  /** The run or the task is in a state that the command does not fit. */
  WRONG_STATE,
  /** The verdicts are not those that the task's edges need. */
  BAD_VERDICTS
}
