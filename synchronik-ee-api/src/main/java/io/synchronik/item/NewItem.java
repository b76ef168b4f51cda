package io.synchronik.item;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An item to be added. Immutable.
 *
 * @param payload anything that JSON-B can write, may be null; at most 64 KiB as JSON by default
 * @param key unique among the items of the run, 1 to 200 characters; null for none
 * @param priority items with a higher one are started first; default 0
 * @param dueAt not started before, in database time; null (default) for at once
 * @param deadline if it is not final by then, it fails without another attempt; null (default) for
 *     never
 * @param <P> type of the payload
 * @throws IllegalArgumentException if the key is empty or too long
 */
public record NewItem<P extends @Nullable Object>(
    P payload,
    @Nullable String key,
    int priority,
    @Nullable Instant dueAt,
    @Nullable Instant deadline) {
  public NewItem {
    if (key != null && (key.isEmpty() || key.length() > 200)) {
      throw new IllegalArgumentException(
          "an item's key has 1 to 200 characters, not " + key.length());
    }
  }

  /** Returns an item with a payload and nothing else. */
  public static <P extends @Nullable Object> NewItem<P> of(P payload) {
    return new NewItem<>(payload, null, 0, null, null);
  }

  /** Returns a copy with a key. */
  public NewItem<P> withKey(String value) {
    return new NewItem<>(payload, value, priority, dueAt, deadline);
  }

  /** Returns a copy with a priority. */
  public NewItem<P> withPriority(int value) {
    return new NewItem<>(payload, key, value, dueAt, deadline);
  }

  /** Returns a copy that is not started before a time. */
  public NewItem<P> notBefore(Instant time) {
    return new NewItem<>(payload, key, priority, time, deadline);
  }

  /** Returns a copy that fails unless it is final by a time. */
  public NewItem<P> withDeadline(Instant time) {
    return new NewItem<>(payload, key, priority, dueAt, time);
  }
}
