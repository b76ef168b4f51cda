package io.synchronik.monitor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which failed runs to look at for the kinds of their failures. Immutable.
 *
 * <p>Creating one throws {@link IllegalArgumentException} if a value is out of its range.
 *
 * @param from only runs that ended then or later
 * @param to only runs that ended before, after {@code from}
 * @param unit only runs of this unit; null for all
 * @param limit how many kinds at most, 1 to 1,000
 */
public record FailureQuery(Instant from, Instant to, @Nullable String unit, int limit) {
  public FailureQuery {
    if (!to.isAfter(from)) {
      throw new IllegalArgumentException("to must be after from");
    }
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("limit must be 1 to 1000, not " + limit);
    }
  }

  /** The 50 latest kinds of all units. */
  public static FailureQuery between(Instant from, Instant to) {
    return new FailureQuery(from, to, null, 50);
  }

  /** Returns a copy for one unit. */
  public FailureQuery ofUnit(String id) {
    return new FailureQuery(from, to, id, limit);
  }
}
