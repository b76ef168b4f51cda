package io.synchronik.impl.net.plan;

/** When a task is enabled. */
public enum Join {
  /** When all its input places are marked; it takes one token from each. */
  AND,
  /** When one is; it takes exactly one token, from the first marked one in the order of flows. */
  XOR
}
