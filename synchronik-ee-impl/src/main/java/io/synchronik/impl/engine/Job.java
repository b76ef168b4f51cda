package io.synchronik.impl.engine;

/** Something that a thread of the dispatcher executes in one go. */
sealed interface Job permits Attempt, ItemSlice {
  /** Returns what tells it from others; one with the same id is waited for. */
  String id();

  /** Returns what can be stopped and waited for. */
  Execution execution();
}
