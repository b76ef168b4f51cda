package io.synchronik.process;

import org.jspecify.annotations.Nullable;

/**
 * Tests the result of a worker that another one depends on. Called once on the node that executed
 * the worker, on the worker's thread, after the worker has returned and before that is recorded:
 * for a transactional worker inside its transaction, else outside any; again when the node is lost
 * in between. It should be quick, and do nothing but look.
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
