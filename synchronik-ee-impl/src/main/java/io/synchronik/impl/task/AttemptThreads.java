package io.synchronik.impl.task;

import io.synchronik.run.RunId;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What an attempt offers to the sub-tasks that its worker runs. */
public interface AttemptThreads {
  /**
   * Returns what runs sub-tasks on threads of the engine, inside the application's context. It may
   * queue, and it must not wait for tasks that it has accepted.
   */
  Executor executor();

  /**
   * Returns whether the attempt was cancelled, timed out, or is to give way because the node stops.
   * Whoever makes it true interrupts the attempt's thread afterwards.
   */
  boolean cancelled();

  /** Returns the run that the attempt is of; empty outside of any. */
  default Optional<RunId> attemptOf() {
    return Optional.empty();
  }

  /**
   * Calls a sub-task on one of these threads and leaves the thread as it was.
   *
   * @throws Throwable what the sub-task throws, or what says that it left something behind
   */
  default <T extends @Nullable Object> T call(Callable<T> subTask) throws Throwable {
    return subTask.call();
  }
}
