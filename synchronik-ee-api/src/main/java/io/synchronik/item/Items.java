package io.synchronik.item;

import org.jspecify.annotations.Nullable;

/**
 * Takes the items of a run while they are enumerated. They are written in batches, so that a
 * million of them never stand in memory, and are worked off when the enumeration has ended; at once
 * when the first has a key, and then each must have one. If an attempt of the enumeration fails or
 * is lost, its items without a key are gone before the next one begins, and keys that are there
 * already are passed over. Used by the thread that enumerates.
 *
 * @param <P> type of the payloads
 */
public interface Items<P extends @Nullable Object> {
  /**
   * Adds an item.
   *
   * @param item the item; passed over when the run has its key already, or an item of another run
   *     where keys are unique beyond their run
   * @throws io.synchronik.run.InvalidPayloadException if the payload is too large or cannot be
   *     written
   * @throws io.synchronik.run.WrongStateException if it has no key and the first one has, or if the
   *     run was cancelled or taken over meanwhile
   */
  void add(NewItem<? extends P> item);

  /** Adds an item without a key. */
  default void add(P payload) {
    add(NewItem.of(payload));
  }

  /** Adds an item with a key. */
  default void add(String key, P payload) {
    add(NewItem.<P>of(payload).withKey(key));
  }

  /**
   * Leaves the run open at the end of the enumeration: items may be added from outside until {@link
   * WorkItems#close} is called.
   */
  void keepOpen();
}
