package io.synchronik;

import io.synchronik.run.FailureKind;
import io.synchronik.run.Page;
import io.synchronik.run.RunState;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which runs to list, newest first. Immutable.
 *
 * <p>Creating one throws {@link IllegalArgumentException} if the limit is out of its range, or
 * there can be no such group.
 *
 * @param unit only runs of this unit; null for all
 * @param states only runs in one of these states; empty for all
 * @param group only runs that have failed, with a failure of this {@linkplain FailureKind#group
 *     group}; null for all
 * @param cursor where to go on, from {@link Page#next}; null for the beginning
 * @param limit how many at most, 1 to 1,000
 */
public record RunQuery(
    @Nullable String unit,
    Set<RunState> states,
    @Nullable String group,
    @Nullable String cursor,
    int limit) {
  /** The latest 50 runs of all units. */
  public static final RunQuery LATEST = new RunQuery(null, Set.of(), null, null, 50);

  public RunQuery {
    states = Set.copyOf(states);
    if (group != null) {
      FailureKind.group(group);
    }
    Limits.check(limit);
  }

  /** Returns a copy for one unit. */
  public RunQuery ofUnit(String id) {
    return new RunQuery(id, states, group, cursor, limit);
  }

  /** Returns a copy for some states. */
  public RunQuery in(RunState... wanted) {
    return new RunQuery(unit, Set.of(wanted), group, cursor, limit);
  }

  /** Returns a copy for failed runs whose failure is of one kind. */
  public RunQuery ofGroup(String one) {
    return new RunQuery(unit, states, one, cursor, limit);
  }

  /** Returns a copy with another limit. */
  public RunQuery limit(int most) {
    return new RunQuery(unit, states, group, cursor, most);
  }
}
