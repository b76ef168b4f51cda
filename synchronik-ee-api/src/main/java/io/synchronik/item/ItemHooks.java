package io.synchronik.item;

/**
 * What a worker may override to hear of its items. Called after the commit that made it true, on
 * the node that committed it, at most once, in order per worker; an exception is logged and changes
 * nothing. Items that are withdrawn with their run are not told one by one. Hooks that block hold
 * up the hooks of their worker; thousands may wait, what is beyond that is left out with a warning.
 */
public interface ItemHooks {
  /** An item was added. */
  default void onItemInitialized(ItemNotice item) {}

  /** An attempt begins; called before it, on its thread. */
  default void onItemStarted(ItemNotice item) {}

  /** An item is done. */
  default void onItemCompleted(ItemNotice item) {}

  /** The last attempt of an item has failed. */
  default void onItemFailed(ItemNotice item) {}

  /** An item was withdrawn. */
  default void onItemCanceled(ItemNotice item) {}
}
