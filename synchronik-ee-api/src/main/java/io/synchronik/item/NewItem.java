package io.synchronik.item;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An item to be added. Immutable.
 *
 * <p>Creating one throws {@link IllegalArgumentException} if the key or the mutex is empty, too
 * long or has a control character or an unpaired surrogate. Times are checked when it is added: the
 * years 1 to 9999.
 *
 * @param payload anything that JSON-B can write, may be null; at most 64 KiB as JSON by default
 * @param key unique among the items of the run, and for a time among those of all runs of the
 *     worker where {@link io.synchronik.worker.Worker#uniqueFor} says so; 1 to 200 characters; null
 *     for none
 * @param mutex of the items with the same one only one at a time is worked on, whatever their runs
 *     and workers, 1 to 200 characters; null (default) for none. Those that wait for it are passed
 *     over by others
 * @param priority items with a higher one are started first; default 0
 * @param dueAt not started before, in database time; null (default) for at once
 * @param deadline if it is not final by then, it fails without another attempt; null (default) for
 *     never
 * @param <P> type of the payload
 */
public record NewItem<P extends @Nullable Object>(
    P payload,
    @Nullable String key,
    @Nullable String mutex,
    int priority,
    @Nullable Instant dueAt,
    @Nullable Instant deadline) {
  public NewItem {
    check("key", key);
    check("mutex", mutex);
  }

  private static void check(String name, @Nullable String text) {
    if (text != null && (text.isEmpty() || text.length() > 200)) {
      throw new IllegalArgumentException(
          "an item's " + name + " has 1 to 200 characters, not " + text.length());
    }
    if (text != null && text.codePoints().anyMatch(NewItem::isUnkept)) {
      throw new IllegalArgumentException(
          "an item's " + name + " has no control characters and no unpaired surrogates");
    }
  }

  private static boolean isUnkept(int point) {
    return Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE;
  }

  /** Returns an item with a payload and nothing else. */
  public static <P extends @Nullable Object> NewItem<P> of(P payload) {
    return new NewItem<>(payload, null, null, 0, null, null);
  }

  /** Returns a copy with a key. */
  public NewItem<P> withKey(String value) {
    return new NewItem<>(payload, value, mutex, priority, dueAt, deadline);
  }

  /** Returns a copy with a mutex. */
  public NewItem<P> withMutex(String value) {
    return new NewItem<>(payload, key, value, priority, dueAt, deadline);
  }

  /** Returns a copy with a priority. */
  public NewItem<P> withPriority(int value) {
    return new NewItem<>(payload, key, mutex, value, dueAt, deadline);
  }

  /** Returns a copy that is not started before a time. */
  public NewItem<P> notBefore(Instant time) {
    return new NewItem<>(payload, key, mutex, priority, time, deadline);
  }

  /** Returns a copy that fails unless it is final by a time. */
  public NewItem<P> withDeadline(Instant time) {
    return new NewItem<>(payload, key, mutex, priority, dueAt, time);
  }
}
