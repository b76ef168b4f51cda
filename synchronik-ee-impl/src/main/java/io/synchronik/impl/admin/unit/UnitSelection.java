package io.synchronik.impl.admin.unit;

import io.synchronik.UnitQuery;
import io.synchronik.UnitQuery.Order;
import io.synchronik.impl.admin.json.ProblemException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How lists of units are asked for. */
final class UnitSelection {
  private static final Map<String, Order> ORDERS =
      Map.of(
          "id", Order.ID,
          "name", Order.NAME,
          "status", Order.STATUS,
          "kind", Order.KIND,
          "nextDue", Order.NEXT_DUE,
          "lastStartedAt", Order.LAST_STARTED_AT,
          "runs", Order.RUNS,
          "failed", Order.FAILED);

  private UnitSelection() {}

  /** Reads an order: a property, with {@code -} before it for the reverse. */
  static UnitQuery.Sort sort(@Nullable String sort) {
    if (sort == null || sort.isBlank()) {
      return UnitQuery.FIRST.sort();
    }
    boolean reverse = sort.startsWith("-");
    Order order = ORDERS.get(reverse ? sort.substring(1) : sort);
    if (order == null) {
      throw ProblemException.badRequest(
          "sort",
          "must be one of " + ORDERS.keySet().stream().sorted().toList() + ", with or without '-'");
    }
    return new UnitQuery.Sort(order, reverse);
  }
}
