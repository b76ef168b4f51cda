package io.synchronik.event;

/**
 * What the code of a unit may override to hear of its own runs. Hooks are called once per event on
 * the node that announces it, on a thread of the engine, outside any transaction, after the commit
 * of what they tell. An exception in a hook is logged and changes nothing.
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
   * @param event what happened; a worker's failure holds the original exception
   */
  default void onError(UnitFailed event) {}
}
