package io.synchronik.impl.exec;

/** Something that a thread of the dispatcher executes in one go. */
public interface Job {
  /** Returns what tells it from others; one with the same id is waited for. */
  String id();

  /** Returns what can be stopped and waited for. */
  Execution execution();
}
