package io.synchronik.impl.net.plan;

/** What a task's end means for the task at the other end of an edge. */
public enum EdgeKind {
  /** However it ended, the other may run. */
  ORDER,
  /** The other may run if it succeeded. */
  DEPENDENCY,
  /** The other may run if it succeeded and the verdict of its end allows it. */
  CONDITIONAL
}
