package io.synchronik.impl.admin.unit;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import io.synchronik.UnitView;
import io.synchronik.impl.admin.json.ProblemException;
import io.synchronik.unit.UnitKind;
import io.synchronik.unit.UnitStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which units to list and in which order.
 *
 * @param statuses one of these; empty for all
 * @param kinds one of these; empty for all
 * @param text in id, name or description, in any case; empty for all
 * @param order of the list
 */
record UnitSelection(
    Set<UnitStatus> statuses, Set<UnitKind> kinds, String text, Comparator<UnitView> order) {

  private static final Comparator<UnitView> BY_ID = comparing(UnitView::id);

  private static final Map<String, Comparator<UnitView>> ORDERS =
      Map.of(
          "id", BY_ID,
          "name", comparing(unit -> unit.identity().name(), String.CASE_INSENSITIVE_ORDER),
          "status", comparing(UnitView::status),
          "kind", comparing(unit -> unit.identity().kind()),
          "nextDue", comparingOrLast(unit -> unit.timing().nextDue()),
          "lastStartedAt", comparingOrLast(unit -> unit.timing().lastStartedAt()),
          "runs", comparing(unit -> unit.statistics().runs()),
          "failed", comparing(unit -> unit.statistics().failed()));

  UnitSelection {
    text = text.toLowerCase(Locale.ROOT).trim();
  }

  /** Reads an order: a property, with {@code -} before it for the reverse; the id breaks ties. */
  static Comparator<UnitView> order(@Nullable String sort) {
    if (sort == null || sort.isBlank()) {
      return BY_ID;
    }
    boolean reverse = sort.startsWith("-");
    Comparator<UnitView> order = ORDERS.get(reverse ? sort.substring(1) : sort);
    if (order == null) {
      throw ProblemException.badRequest(
          "sort",
          "must be one of " + ORDERS.keySet().stream().sorted().toList() + ", with or without '-'");
    }
    return (reverse ? order.reversed() : order).thenComparing(BY_ID);
  }

  List<UnitView> of(List<UnitView> units) {
    return units.stream().filter(this::takes).sorted(order).toList();
  }

  private boolean takes(UnitView unit) {
    return (statuses.isEmpty() || statuses.contains(unit.status()))
        && (kinds.isEmpty() || kinds.contains(unit.identity().kind()))
        && (text.isEmpty() || mentionsText(unit.identity()));
  }

  private boolean mentionsText(UnitView.Identity identity) {
    return (identity.id() + "\n" + identity.name() + "\n" + identity.description())
        .toLowerCase(Locale.ROOT)
        .contains(text);
  }

  private static <T extends Comparable<T>> Comparator<UnitView> comparingOrLast(
      Function<UnitView, @Nullable T> value) {
    return comparing(value, nullsLast(naturalOrder()));
  }
}
