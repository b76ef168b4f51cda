package io.synchronik.task;

import org.jspecify.annotations.Nullable;

/**
 * What is done with one item.
 *
 * @param <T> the items
 * @param <R> the results
 */
@FunctionalInterface
public interface SubTask<T, R extends @Nullable Object> {
  /**
   * Processes one item.
   *
   * @param item the item
   * @return its result
   * @throws Exception any exception fails the attempt; it never leaves the runner
   */
  R execute(T item) throws Exception;
}
