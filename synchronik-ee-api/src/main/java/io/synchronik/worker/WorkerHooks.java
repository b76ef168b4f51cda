package io.synchronik.worker;

import io.synchronik.event.RunHooks;
import java.time.Duration;

/** What a worker may override to hear of its own runs, and to decide about its retries. */
public interface WorkerHooks extends RunHooks {
  /**
   * Computes the delay before a retry. Called on the attempt's thread after it failed. What it
   * throws is logged and the configured delay taken; so it is when it has not answered within
   * {@code synchronik.answer-limit} (default 30 s), and its thread is interrupted.
   *
   * @param attempt number of the attempt to come, from 2
   * @param configured what the {@link RetryPolicy} gives
   * @return the delay; a negative one means none, one above {@link
   *     io.synchronik.schedule.Schedule#LONGEST} is that; default the configured one
   */
  default Duration retryDelay(int attempt, Duration configured) {
    return configured;
  }
}
