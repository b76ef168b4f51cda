package io.synchronik.worker;

import org.jspecify.annotations.Nullable;

/**
 * Work with a result. One call is one attempt of a run, on a thread of the engine, inside the
 * application's context: injection, naming, class loader and an own request context are there.
 *
 * <p>With {@code @Transactional} ({@code REQUIRED} or {@code MANDATORY}) on the class or the method
 * the engine owns the transaction: what the attempt writes and the run's completion are one commit.
 * Without it the attempt runs outside any transaction, at least once. An attempt that fails is
 * rolled back or committed as JTA says: rolled back for unchecked exceptions, errors and {@code
 * rollbackOn}, committed for checked exceptions and {@code dontRollbackOn}, which goes first; in
 * either case it has failed, and retries follow. One that is to stop is rolled back. When a
 * statement of a transactional attempt throws because its connection was lost, and the work lets
 * that through, the attempt does not count: with {@link NodeLoss#RETRY} it is made again as if its
 * node had been lost, twice at most; a third such failure is one of the work.
 *
 * <p>Work may return a {@link java.util.concurrent.CompletionStage} or a {@link
 * java.util.concurrent.Future}: the attempt goes on, on its thread and in its transaction, until
 * that is done; its value is the result and its failure that of the attempt. An attempt that is to
 * stop (timeout, cancellation, a node that stops) cancels the future and waits no longer; what
 * works for it elsewhere has to notice by itself, and takes part in no transaction of the attempt.
 *
 * @param <R> type of the result: anything that JSON-B can write, or a stage or future of it
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
