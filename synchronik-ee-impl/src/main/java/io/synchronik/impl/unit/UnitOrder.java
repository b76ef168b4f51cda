package io.synchronik.impl.unit;

import static java.util.Comparator.comparing;
import static java.util.Comparator.nullsLast;

import io.synchronik.UnitQuery;
import io.synchronik.UnitView;
import io.synchronik.impl.store.unit.UnitList.Listed;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The order of a list of units: as it is in memory, so that it is the same in all databases.
 *
 * @param sort what was asked for
 */
record UnitOrder(UnitQuery.Sort sort) {

  Comparator<Listed> comparator() {
    Comparator<Comparable<?>> order = this::compare;
    return comparing(Listed::key, nullsLast(sort.reverse() ? order.reversed() : order))
        .thenComparing(Listed::id);
  }

  /** Keys of one list are of one type. */
  @SuppressWarnings("unchecked")
  private int compare(Comparable<?> one, Comparable<?> other) {
    return sort.order() == UnitQuery.Order.NAME
        ? String.CASE_INSENSITIVE_ORDER.compare((String) one, (String) other)
        : ((Comparable<Object>) one).compareTo(other);
  }

  /** Whether a list has a unit of which more is known than its row says; null for no more. */
  boolean takes(UnitQuery query, @Nullable UnitView foreseen) {
    return foreseen == null
        || query.statuses().isEmpty()
        || query.statuses().contains(foreseen.status());
  }

  /** Returns a unit by what is known of it. */
  Listed as(Listed listed, @Nullable UnitView foreseen) {
    return foreseen == null ? listed : new Listed(listed.id(), key(foreseen));
  }

  private @Nullable Comparable<?> key(UnitView unit) {
    return switch (sort.order()) {
      case ID -> unit.id().value();
      case NAME -> unit.identity().name();
      case STATUS -> unit.status();
      case KIND -> unit.identity().kind();
      case NEXT_DUE -> unit.timing().nextDue();
      case LAST_STARTED_AT -> unit.timing().lastStartedAt();
      case RUNS -> unit.statistics().runs();
      case FAILED -> unit.statistics().failed();
    };
  }
}
