package io.synchronik.item;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Work on several items in one call, up to {@link Chunk#value()} of them; transactional as {@link
 * ItemWork} is, with one commit per chunk. When a call fails, its items are worked on one by one,
 * in calls with one item each, so that an item that cannot be done fails alone.
 *
 * @param <P> type of the payloads: anything that JSON-B can write and read
 */
@FunctionalInterface
public interface ChunkWork<P extends @Nullable Object> extends ItemSource<P> {
  /**
   * Works on a chunk of items.
   *
   * @param items what to do, at least one
   * @throws Exception any exception fails the call
   */
  void process(List<ChunkItem<P>> items) throws Exception;
}
