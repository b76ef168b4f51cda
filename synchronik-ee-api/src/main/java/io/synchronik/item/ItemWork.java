package io.synchronik.item;

import org.jspecify.annotations.Nullable;

/**
 * Work on one item at a time. With {@code @Transactional} ({@code REQUIRED} or {@code MANDATORY})
 * on {@code process} or the class the engine owns the transaction: what is written and the item's
 * completion are one commit, exactly once; what a failed call has written stays or goes as {@link
 * io.synchronik.worker.Work} tells. Without it each item is worked on at least once, outside any
 * transaction, and completions are recorded in groups.
 *
 * @param <P> type of the payloads: anything that JSON-B can write and read
 * @param <R> type of the results: anything that JSON-B can write, or a stage or future of it, which
 *     is waited for as {@link io.synchronik.worker.Work} tells
 */
@FunctionalInterface
public interface ItemWork<P extends @Nullable Object, R extends @Nullable Object>
    extends ItemSource<P> {
  /**
   * Works on one item. One call is one attempt, on a thread of the engine, with an own request
   * context.
   *
   * @param payload of the item
   * @param item what this attempt is about
   * @return the result, stored as JSON; may be null
   * @throws Exception any exception fails the attempt; retries follow as configured
   */
  R process(P payload, ItemContext item) throws Exception;
}
