package io.synchronik.worker;

import org.jspecify.annotations.Nullable;

/**
 * Work with a result. One call is one attempt of a run, on a thread of the engine, inside the
 * application's context: injection, naming, class loader and an own request context are there.
 *
 * <p>With {@code @Transactional} ({@code REQUIRED} or {@code MANDATORY}) on the class or the method
 * the engine owns the transaction: what the attempt writes and the run's completion are one commit.
 * Without it the attempt runs outside any transaction, at least once.
 *
 * @param <R> type of the result: anything that JSON-B can write
 */
@FunctionalInterface
public interface Work<R extends @Nullable Object> extends WorkerHooks {
  /**
   * Does the work.
   *
   * @param run what this attempt is about
   * @return the result, stored as JSON; may be null
   * @throws Exception any exception fails the attempt; retries follow as configured
   */
  R run(RunContext run) throws Exception;
}
