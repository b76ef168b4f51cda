package io.synchronik.impl.store.jdbc;

import com.github.f4b6a3.ulid.Ulid;
import java.time.Duration;
import java.time.Instant;

/**
 * Ids by the times at which they were made. Whoever reads what lies in a span of time reads a range
 * of the primary key instead of a table.
 */
public final class UlidRange {
  /** Behind all ids. */
  public static final String END = "~";

  private UlidRange() {}

  /** Returns what no id that was made at a time or later is smaller than. */
  public static String from(Instant time) {
    return Ulid.min(Math.max(0, time.toEpochMilli())).toString();
  }

  /** Returns what no id that was made less than so long before another one is smaller than. */
  public static String before(String id, Duration span) {
    return Ulid.isValid(id) ? from(Ulid.getInstant(id).minus(span)) : "";
  }

  /** Returns what no id that was made less than so long after another one is larger than. */
  public static String after(String id, Duration span) {
    return Ulid.isValid(id)
        ? Ulid.max(Ulid.getInstant(id).plus(span).toEpochMilli()).toString()
        : END;
  }
}
