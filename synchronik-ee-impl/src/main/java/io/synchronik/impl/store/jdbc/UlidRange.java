package io.synchronik.impl.store.jdbc;

import com.github.f4b6a3.ulid.Ulid;
import java.time.Duration;
import java.time.Instant;

/**
 * Ids by the times at which they were made. Whoever reads what lies in a span of time reads a range
 * of the primary key instead of a table.
 */
public final class UlidRange {
  /** So many bits of the milliseconds are the same in a moment: an eighth of a second. */
  private static final int MOMENT = 7;

  /** Behind all ids, also where a database compares texts as people do. */
  public static final String END = "z";

  private UlidRange() {}

  /** Returns the moment in which an id was made, as a number; -1 for what is no such id. */
  public static long moment(String id) {
    return Ulid.isValid(id) ? Ulid.from(id).getTime() >> MOMENT : -1;
  }

  /** Returns what no id of the same moment is smaller than. */
  public static String momentFrom(String id) {
    return Ulid.isValid(id) ? Ulid.min(moment(id) << MOMENT).toString() : id;
  }

  /** Returns what no id of the same moment is larger than. */
  public static String momentTo(String id) {
    return Ulid.isValid(id) ? Ulid.max(((moment(id) + 1) << MOMENT) - 1).toString() : id;
  }

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
