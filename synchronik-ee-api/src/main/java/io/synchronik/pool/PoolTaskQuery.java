package io.synchronik.pool;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks of a pool to list, newest first. Immutable.
 *
 * <p>Creating one throws {@link IllegalArgumentException} if the limit is out of its range.
 *
 * @param states only tasks in one of these states; empty for all
 * @param before only tasks with an id below this one; null for all. {@link
 *     io.synchronik.run.Page#next} is the one for the following page, as text
 * @param limit how many at most, 1 to 1,000
 */
public record PoolTaskQuery(Set<PoolTaskState> states, @Nullable Long before, int limit) {
  /** The latest 50 of all states. */
  public static final PoolTaskQuery LATEST = new PoolTaskQuery(Set.of(), null, 50);

  public PoolTaskQuery {
    states = Set.copyOf(states);
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("limit must be 1 to 1000, not " + limit);
    }
  }

  /** Returns a copy for tasks in these states. */
  public PoolTaskQuery in(PoolTaskState... wanted) {
    return new PoolTaskQuery(Set.of(wanted), before, limit);
  }

  /** Returns a copy that goes on below an id. */
  public PoolTaskQuery before(long id) {
    return new PoolTaskQuery(states, id, limit);
  }

  /** Returns a copy with another limit. */
  public PoolTaskQuery limitedTo(int most) {
    return new PoolTaskQuery(states, before, most);
  }
}
