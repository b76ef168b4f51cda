package io.synchronik.monitor;

import java.time.Instant;

/**
 * Which due times of a unit to judge. Immutable.
 *
 * <p>Creating one throws {@link IllegalArgumentException} if a value is out of its range.
 *
 * @param unit id of the unit
 * @param from only due times at this time or later
 * @param to only due times before this time, which is after {@code from}
 * @param limit the first so many, 1 to 500
 */
public record DueQuery(String unit, Instant from, Instant to, int limit) {
  /** So many due times are judged at once at most. */
  public static final int MOST = 500;

  public DueQuery {
    if (!to.isAfter(from)) {
      throw new IllegalArgumentException("to must be after from");
    }
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("limit must be 1 to " + MOST + ": " + limit);
    }
  }
}
