package io.synchronik.item;

import org.jspecify.annotations.Nullable;

/**
 * Items that people or other systems work on: they are started, completed, failed and reset from
 * outside, through {@link WorkItems} or HTTP.
 *
 * @param <P> type of the payloads: anything that JSON-B can write and read
 */
public interface ManualItems<P extends @Nullable Object> extends ItemSource<P> {}
