package io.synchronik.run;

/** How an attempt of a run ended. */
public enum AttemptOutcome {
  /** The work returned. */
  COMPLETED,
  /** The work threw, or its time was over. */
  FAILED,
  /** The run was cancelled. */
  CANCELED,
  /** Its node stopped, or gave the run back: the attempt does not count and is made again. */
  INTERRUPTED,
  /** Its node or its connection was lost: the attempt does not count, the loss does. */
  LOST,
  /** It has added the items of the run; these decide how the run ends. */
  ENUMERATED
}
