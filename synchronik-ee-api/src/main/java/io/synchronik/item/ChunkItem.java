package io.synchronik.item;

import org.jspecify.annotations.Nullable;

/**
 * One item of a chunk.
 *
 * @param <P> type of the payload
 */
public interface ChunkItem<P extends @Nullable Object> {
  /** Returns its payload. */
  P payload();

  /** Returns what this attempt is about. */
  ItemContext context();

  /**
   * Gives the item a result.
   *
   * @param result anything that JSON-B can write, may be null (default)
   */
  void result(@Nullable Object result);
}
