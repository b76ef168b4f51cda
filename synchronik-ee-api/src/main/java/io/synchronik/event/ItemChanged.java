package io.synchronik.event;

import io.synchronik.run.Failure;
import io.synchronik.run.ItemId;
import org.jspecify.annotations.Nullable;

/**
 * Something has happened to a single item that is no plain progress. Completed items, and those
 * that are withdrawn with their run, are not told one by one.
 *
 * @param origin where it comes from
 * @param item the item
 * @param change what has happened
 * @param attempt number of the attempt that it came from, 0 for none
 * @param failure why an attempt failed, null when none did
 */
public record ItemChanged(
    EventOrigin origin, ItemId item, Change change, int attempt, @Nullable Failure failure)
    implements UnitEvent {
  /** What can happen. */
  public enum Change {
    /** Its last attempt has failed. */
    FAILED,
    /** An attempt has failed or was lost, and another follows. */
    RETRIED,
    /** It was put back by hand. */
    RESET,
    /** It was withdrawn by hand. */
    CANCELED
  }

  @Override
  public EventType type() {
    return EventType.ITEM;
  }
}
