package io.synchronik.worker;

import io.synchronik.event.UnitCompleted;
import io.synchronik.event.UnitFailed;
import io.synchronik.event.UnitStarted;
import java.time.Duration;

/**
 * What a worker may override to hear of its own runs. Hooks are called once per event on the node
 * that announces it, on a thread of the engine, outside any transaction, after the commit of what
 * they tell. An exception in a hook is logged and changes nothing.
 */
public interface WorkerHooks {
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
   * The last attempt of a run has failed.
   *
   * @param event what happened; its failure holds the original exception
   */
  default void onError(UnitFailed event) {}

  /**
   * Computes the delay before a retry. Called on the attempt's thread after it failed.
   *
   * @param attempt number of the attempt to come, from 2
   * @param configured what the {@link RetryPolicy} gives
   * @return the delay, not negative; default the configured one
   */
  default Duration retryDelay(int attempt, Duration configured) {
    return configured;
  }
}
