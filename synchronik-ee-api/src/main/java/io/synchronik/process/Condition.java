package io.synchronik.process;

import org.jspecify.annotations.Nullable;

/**
 * Tests the result of a worker that another one depends on. Called once on the node that executed
 * the worker, after the worker has returned and before that is recorded: for a transactional worker
 * on its thread, inside its transaction, else on a thread of the engine, outside any; again when
 * the node is lost or stops in between. It should be quick, and do nothing but look: one that has
 * not answered within {@code synchronik.answer-limit} (default 30 s) is interrupted and counts as
 * {@code false}.
 *
 * @param <R> type of the parent's result
 */
@FunctionalInterface
public interface Condition<R extends @Nullable Object> {
  /**
   * Tests a result.
   *
   * @param result what the parent returned, null when it returned nothing
   * @return whether the dependent worker may run; if not it is skipped
   * @throws Exception any exception counts as {@code false} and is logged
   */
  boolean test(R result) throws Exception;
}
