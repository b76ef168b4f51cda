package io.synchronik.impl.net.analysis;

/** What can be wrong with a flow. */
public enum Flaw {
  /** A run can come to where nothing can go on. */
  DEAD_END,
  /** A run can end with something left over. */
  IMPROPER,
  /** More and more tokens can come to one place. */
  MANY_TOKENS,
  /** A run can come to where it goes on for ever. */
  LIVELOCK,
  /** Something can never be done. */
  DEAD_TASK
}
