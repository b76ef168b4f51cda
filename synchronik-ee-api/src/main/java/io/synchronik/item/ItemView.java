package io.synchronik.item;

import io.synchronik.run.Failure;
import io.synchronik.run.ItemId;
import io.synchronik.run.Payload;
import io.synchronik.run.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An item at one moment, as the database has it. Immutable.
 *
 * <p>One that comes from a page has no payload, no result and no stack trace, and only the first
 * 500 characters of the failure's message.
 *
 * @param id its id
 * @param run its run
 * @param state its state
 * @param asked what was added
 * @param times when what happened
 * @param execution what came of it
 */
public record ItemView(
    ItemId id, RunId run, ItemState state, Asked asked, Times times, Execution execution) {
  /**
   * What was added.
   *
   * @param payload what it is about; without a value in a page
   * @param key unique among the items of its run, null when it has none
   * @param mutex only one item with it is worked on at a time, null when it has none
   * @param priority items with a higher one are started first
   */
  public record Asked(
      Payload payload, @Nullable String key, @Nullable String mutex, int priority) {}

  /**
   * Database times.
   *
   * @param dueAt not started before, null for at once
   * @param deadline by when it must be final, null for never
   * @param startedAt of the present or last attempt, null before the first
   * @param endedAt when it became final, null before
   */
  public record Times(
      @Nullable Instant dueAt,
      @Nullable Instant deadline,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt) {}

  /**
   * The execution.
   *
   * @param attempt number of the present or last attempt, from 1; 0 before the first
   * @param by name of the node, or who started it from outside; null before
   * @param result what the work returned; without a value in a page
   * @param failure of the latest failed attempt, null when none failed; shortened in a page
   */
  public record Execution(
      int attempt, @Nullable String by, Payload result, @Nullable Failure failure) {}
}
