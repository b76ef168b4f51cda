package io.synchronik.impl.store.unit;

import io.synchronik.UnitQuery;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.jpa.EnumColumns;
import io.synchronik.unit.UnitKind;
import io.synchronik.unit.UnitStatus;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code sk_unit}: the ids of units that are listed, with what their order needs and no more. */
public final class UnitList {
  /**
   * A unit in a list.
   *
   * @param id its id
   * @param key what the list goes by; null when the unit has none
   */
  public record Listed(String id, @Nullable Comparable<?> key) {}

  /**
   * Returns units in no order.
   *
   * @param always units that are among them whatever their statuses
   * @param now when a pause may be over
   */
  public List<Listed> of(Session session, UnitQuery query, Collection<String> always, Instant now) {
    List<@Nullable Object> values = new ArrayList<>();
    StringBuilder sql = new StringBuilder("select u.id, ");
    UnitQuery.Order order = query.sort().order();
    sql.append(column(order));
    String text = query.text();
    if (text != null) {
      sql.append(", u.name, u.description");
    }
    sql.append(" from sk_unit u");
    if (order == UnitQuery.Order.STATUS) {
      values.add(now);
    } else if (order == UnitQuery.Order.NEXT_DUE) {
      sql.append(" left join sk_schedule s on s.app = u.app and s.unit = u.id and s.n = 0");
    }
    sql.append(" where u.app = ?");
    values.add(session.app());
    if (!query.kinds().isEmpty()) {
      sql.append(" and u.kind = any(?)");
      values.add(query.kinds().stream().map(UnitList::stored).toList());
    }
    if (!query.statuses().isEmpty()) {
      sql.append(" and (").append(UnitPicks.SHOWN).append(" = any(?) or u.id = any(?))");
      values.add(now);
      values.add(query.statuses().stream().map(UnitList::stored).toList());
      values.add(always);
    }
    if (text == null) {
      return session.list(sql.toString(), row -> listed(row, order), values.toArray());
    }
    String part = text.toLowerCase(Locale.ROOT);
    return session
        .list(
            sql.toString(),
            row -> mentions(row, part) ? Optional.of(listed(row, order)) : Optional.<Listed>empty(),
            values.toArray())
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static Listed listed(Session.Row row, UnitQuery.Order order) throws SQLException {
    return new Listed(row.text(1), key(row, order));
  }

  /** Cheaper than in the database, and the same in all of them. */
  private static boolean mentions(Session.Row row, String part) throws SQLException {
    return (row.text(1) + "\n" + row.text(3) + "\n" + row.text(4))
        .toLowerCase(Locale.ROOT)
        .contains(part);
  }

  private static String stored(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String column(UnitQuery.Order order) {
    return switch (order) {
      case ID -> "u.id";
      case NAME -> "u.name";
      case STATUS -> UnitPicks.SHOWN;
      case KIND -> "u.kind";
      case NEXT_DUE -> "s.next_due";
      case LAST_STARTED_AT -> "u.last_started_at";
      case RUNS -> "u.run_count";
      case FAILED -> "u.failed_count";
    };
  }

  private static @Nullable Comparable<?> key(Session.Row row, UnitQuery.Order order)
      throws SQLException {
    return switch (order) {
      case ID, NAME -> row.text(2);
      case STATUS -> EnumColumns.value(UnitStatus.class, row.text(2));
      case KIND -> EnumColumns.value(UnitKind.class, row.text(2));
      case NEXT_DUE, LAST_STARTED_AT -> row.atOrNull(2);
      case RUNS, FAILED -> row.big(2);
    };
  }
}
