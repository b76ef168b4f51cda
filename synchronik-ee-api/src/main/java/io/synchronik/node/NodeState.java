package io.synchronik.node;

/** What a node does at the moment. */
public enum NodeState {
  /** It fires, claims and executes. */
  LIVE,

  /** It takes nothing more in, and executes what it has. */
  DRAINING,

  /** It takes nothing in, and nothing of its own is left: it can be stopped without harm. */
  EMPTY,

  /** Its lease has passed: others take over its work, or have begun to. */
  LOST
}
