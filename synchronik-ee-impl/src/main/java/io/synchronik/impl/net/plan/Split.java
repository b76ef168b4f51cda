package io.synchronik.impl.net.plan;

/** What a task marks when it ends. */
public enum Split {
  /** All its outputs. */
  AND,
  /** The one output that the verdicts of its end choose; the last one when it is skipped. */
  XOR
}
