package io.synchronik.item;

import io.synchronik.run.FailureKind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which items of a run to list, in the order of their ids. Immutable.
 *
 * <p>Creating one throws {@link IllegalArgumentException} if the limit is out of its range, or
 * there can be no such group.
 *
 * @param states only items in one of these states; empty for all
 * @param failure only items whose latest failure's type or message contains this text; null for all
 * @param group only items that have failed, with a failure of this {@linkplain FailureKind#group
 *     group}; null for all
 * @param cursor where to go on, from {@link io.synchronik.run.Page#next}; null for the beginning
 * @param limit how many at most, 1 to 1,000
 */
public record ItemQuery(
    Set<ItemState> states,
    @Nullable String failure,
    @Nullable String group,
    @Nullable String cursor,
    int limit) {
  /** The first 50. */
  public static final ItemQuery FIRST = new ItemQuery(Set.of(), null, null, null, 50);

  public ItemQuery {
    states = Set.copyOf(states);
    if (group != null) {
      FailureKind.group(group);
    }
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("limit must be 1 to 1000, not " + limit);
    }
  }

  /** Returns a copy for some states. */
  public ItemQuery in(ItemState... wanted) {
    return new ItemQuery(Set.of(wanted), failure, group, cursor, limit);
  }

  /** Returns a copy for items whose failure contains a text. */
  public ItemQuery failedWith(String text) {
    return new ItemQuery(states, text, group, cursor, limit);
  }

  /** Returns a copy for failed items whose failure is of one kind. */
  public ItemQuery ofGroup(String one) {
    return new ItemQuery(states, failure, one, cursor, limit);
  }

  /** Returns a copy that goes on at a cursor. */
  public ItemQuery from(@Nullable String next) {
    return new ItemQuery(states, failure, group, next, limit);
  }

  /** Returns a copy with another limit. */
  public ItemQuery limit(int most) {
    return new ItemQuery(states, failure, group, cursor, most);
  }
}
