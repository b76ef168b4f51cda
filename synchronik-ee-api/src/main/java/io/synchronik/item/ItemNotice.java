package io.synchronik.item;

import io.synchronik.run.Failure;
import io.synchronik.run.ItemId;
import io.synchronik.run.RunId;
import org.jspecify.annotations.Nullable;

/**
 * What a hook is told of an item. Immutable.
 *
 * @param id the item
 * @param run its run
 * @param key its key, null when it has none
 * @param attempt number of the present or last attempt, 0 before the first
 * @param failure of the last attempt, null when it did not fail
 */
public record ItemNotice(
    ItemId id, RunId run, @Nullable String key, int attempt, @Nullable Failure failure) {}
