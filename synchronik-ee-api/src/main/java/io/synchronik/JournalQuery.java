package io.synchronik;

import io.synchronik.event.EventType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the journal to list, in the order of their positions. Immutable.
 *
 * <p>Creating one throws {@link IllegalArgumentException} if the limit is out of its range.
 *
 * @param after only entries behind this position; 0 for all
 * @param unit only events of this unit; null for all
 * @param types only events of these types; empty for all
 * @param limit how many at most, 1 to 1,000
 */
public record JournalQuery(long after, @Nullable String unit, Set<EventType> types, int limit) {
  public JournalQuery {
    types = Set.copyOf(types);
    Limits.check(limit);
  }

  /** Returns a query for all entries behind a position, at most 100. */
  public static JournalQuery after(long position) {
    return new JournalQuery(position, null, Set.of(), 100);
  }
}
