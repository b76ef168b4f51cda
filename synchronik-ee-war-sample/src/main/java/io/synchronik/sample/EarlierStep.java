package io.synchronik.sample;

import io.synchronik.worker.RunContext;
import java.util.Optional;

/** Reads what an earlier step of the same run of a process has found out. */
public final class EarlierStep {
  private EarlierStep() {}

  /**
   * Reads the result of a step.
   *
   * @throws IllegalStateException if there is none, as when a step is run by itself
   */
  public static <T> T result(RunContext run, String step, Class<T> type) {
    return Optional.ofNullable(run.result(step, type))
        .orElseThrow(
            () -> new IllegalStateException(run.unit() + " runs in a process, after " + step));
  }
}
