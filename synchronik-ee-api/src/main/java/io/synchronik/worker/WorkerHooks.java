package io.synchronik.worker;

import io.synchronik.event.RunHooks;
import java.time.Duration;

/** What a worker may override to hear of its own runs, and to decide about its retries. */
public interface WorkerHooks extends RunHooks {
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
