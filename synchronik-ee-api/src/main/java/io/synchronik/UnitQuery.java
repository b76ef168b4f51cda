package io.synchronik;

import io.synchronik.unit.UnitKind;
import io.synchronik.unit.UnitStatus;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which units to list and in which order. Immutable.
 *
 * <p>Creating one throws {@link IllegalArgumentException} if a number is out of its range.
 *
 * @param statuses only units that show one of these; empty for all
 * @param kinds only units of one of these; empty for all
 * @param text only units whose id, name or description contains this, in any case; null for all
 * @param sort their order; the id breaks ties
 * @param skip how many to leave out at the beginning, not negative
 * @param limit how many at most, 1 to 1,000
 */
public record UnitQuery(
    Set<UnitStatus> statuses,
    Set<UnitKind> kinds,
    @Nullable String text,
    Sort sort,
    int skip,
    int limit) {
  /** The first 100 units by their ids. */
  public static final UnitQuery FIRST =
      new UnitQuery(Set.of(), Set.of(), null, new Sort(Order.ID, false), 0, 100);

  public UnitQuery {
    statuses = Set.copyOf(statuses);
    kinds = Set.copyOf(kinds);
    if (skip < 0) {
      throw new IllegalArgumentException("skip must not be negative: " + skip);
    }
    Limits.check(limit);
  }

  /** What a list goes by. Units without a value stand last. */
  public enum Order {
    /** Id. */
    ID,
    /** Name, in any case. */
    NAME,
    /** Status that is shown. */
    STATUS,
    /** Workers before processes. */
    KIND,
    /** When the schedule is due next. */
    NEXT_DUE,
    /** When a run started last. */
    LAST_STARTED_AT,
    /** How many runs have ended. */
    RUNS,
    /** How many runs have failed. */
    FAILED
  }

  /**
   * An order.
   *
   * @param order what the list goes by
   * @param reverse true for the other way round
   */
  public record Sort(Order order, boolean reverse) {}

  /** Returns a copy with another order. */
  public UnitQuery by(Order order, boolean reverse) {
    return new UnitQuery(statuses, kinds, text, new Sort(order, reverse), skip, limit);
  }

  /** Returns a copy for some statuses. */
  public UnitQuery in(UnitStatus... wanted) {
    return new UnitQuery(Set.of(wanted), kinds, text, sort, skip, limit);
  }

  /** Returns a copy for units that mention a text. */
  public UnitQuery mentioning(String part) {
    return new UnitQuery(statuses, kinds, part, sort, skip, limit);
  }

  /** Returns a copy for another part of the list. */
  public UnitQuery page(int from, int most) {
    return new UnitQuery(statuses, kinds, text, sort, from, most);
  }
}
