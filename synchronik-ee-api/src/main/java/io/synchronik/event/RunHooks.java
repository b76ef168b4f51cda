package io.synchronik.event;

/**
 * What the code of a unit may override to hear of its own runs. Hooks are called once per event on
 * the node that announces it (again after a crash), on a thread of the engine, outside any
 * transaction, after the commit of what they tell, in order. A hook may wait for other runs; it
 * holds up the events of its unit and nothing else. An exception in a hook is logged and changes
 * nothing.
 */
public interface RunHooks {
  /**
   * A run has started.
   *
   * @param event what happened
   */
  default void onStart(UnitStarted event) {}

  /**
   * A run has completed.
   *
   * @param event what happened
   */
  default void onComplete(UnitCompleted event) {}

  /**
   * A run has failed: the last attempt of a worker, or a process with failed workers.
   *
   * @param event what happened; a worker's failure holds the original exception, unless the event
   *     was read from the journal, as behind a hook that blocked, or after a crash
   */
  default void onError(UnitFailed event) {}
}
