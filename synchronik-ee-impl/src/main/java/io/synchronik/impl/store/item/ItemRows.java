package io.synchronik.impl.store.item;

import io.synchronik.impl.store.jdbc.Dialect;
import io.synchronik.impl.store.jdbc.PagedFailure;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.item.ItemQuery;
import io.synchronik.item.ItemState;
import io.synchronik.item.ItemView;
import io.synchronik.run.Failure;
import io.synchronik.run.FailureKind;
import io.synchronik.run.ItemId;
import io.synchronik.run.Page;
import io.synchronik.run.Payload;
import io.synchronik.run.RunId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code sk_item}: what is shown of items. */
public final class ItemRows {
  private static final String VIEW =
      """
      select i.item_set, i.n, i.state, i.item_key, i.mutex, i.priority, i.due_at, i.deadline_at,
        i.started_at, i.ended_at, i.attempt, i.node, i.failure_type, s.run, %s
      from sk_item i join sk_item_set s on s.app = i.app and s.id = i.item_set
      where i.app = ? and i.item_set = ?
      """;

  private static final String WHOLE =
      VIEW.formatted("i.failure_message, i.failure_trace, i.payload, i.result");
  private static final String PAGED = VIEW.formatted(PagedFailure.message("i.failure_message"));
  private static final String GIVEN =
      VIEW.formatted(PagedFailure.message("i.failure_message") + ", i.payload");

  private final Function<@Nullable String, Payload> payloads;

  /** Creates the queries; payloads and results are read by a function. */
  public ItemRows(Function<@Nullable String, Payload> payloads) {
    this.payloads = payloads;
  }

  /** Returns an item. */
  public Optional<ItemView> find(Session session, ItemId id) {
    return session.first(WHOLE + " and i.n = ?", this::whole, session.app(), id.set(), id.number());
  }

  /** Returns which of some keys a set has whose items have completed. */
  public Set<String> completedKeys(Session session, long set, Collection<String> keys) {
    return keys.isEmpty()
        ? Set.of()
        : new HashSet<>(
            session.list(
                """
                select item_key from sk_item
                where app = ? and item_set = ? and item_key = any(?) and state || '' = 'completed'
                """,
                row -> row.text(1),
                session.app(),
                set,
                keys));
  }

  /** Lists items of a set, without what may be long. */
  public Page<ItemView> list(Session session, long set, ItemQuery query) {
    return page(session, set, query, PAGED, row -> paged(row, null));
  }

  /** Lists items of a set with their payloads. */
  public Page<ItemView> listGiven(Session session, long set, ItemQuery query) {
    return page(session, set, query, GIVEN, row -> paged(row, row.textOrNull(16)));
  }

  private static Page<ItemView> page(
      Session session,
      long set,
      ItemQuery query,
      String columns,
      Session.RowReader<ItemView> reader) {
    List<@Nullable Object> values = new ArrayList<>();
    String sql =
        states(session, query).stream()
            .map(state -> "(" + some(columns, state, new In(session, set, query), values) + ")")
            .collect(Collectors.joining(" union all "));
    if (sql.isEmpty()) {
      return new Page<>(List.of(), null);
    }
    values.add(query.limit() + 1);
    List<ItemView> found =
        session.list(
            "select * from (" + sql + ") found order by n limit ?", reader, values.toArray());
    boolean more = found.size() > query.limit();
    List<ItemView> items = more ? found.subList(0, query.limit()) : found;
    return new Page<>(
        items, more ? Long.toString(items.get(items.size() - 1).id().number()) : null);
  }

  /**
   * What the states come to: each has its own indexes, which are found by constants alone. On H2
   * they have none that go by numbers, so that all is one condition.
   */
  private static List<String> states(Session session, ItemQuery query) {
    Set<ItemState> wanted = new TreeSet<>(query.states());
    if (query.group() != null) {
      if (!wanted.isEmpty() && !wanted.contains(ItemState.FAILED)) {
        return List.of();
      }
      wanted = Set.of(ItemState.FAILED);
    }
    if (wanted.isEmpty()) {
      return List.of("");
    }
    if (session.dialect() == Dialect.H2) {
      return List.of(
          wanted.stream()
              .flatMap(state -> stored(state).stream())
              .collect(Collectors.joining(" or ", " and (", ")")));
    }
    return wanted.stream()
        .flatMap(state -> stored(state).stream())
        .map(condition -> " and " + condition)
        .toList();
  }

  /** As the indexes have them. */
  private static List<String> stored(ItemState state) {
    return state == ItemState.INITIALIZED
        ? List.of(
            "i.state = 'ready' and i.mutex is null",
            "i.state = 'ready' and i.mutex is not null",
            "i.state = 'waiting'")
        : List.of("i.state = '" + state.name().toLowerCase(Locale.ROOT) + "'");
  }

  private record In(Session session, long set, ItemQuery query) {}

  private static String some(String columns, String state, In in, List<@Nullable Object> values) {
    ItemQuery query = in.query;
    StringBuilder sql = new StringBuilder(columns).append(state);
    values.add(in.session.app());
    values.add(in.set);
    if (query.failure() != null) {
      sql.append(" and (i.failure_type like ? escape '!' or i.failure_message like ? escape '!')");
      String pattern = "%" + ItemControl.escape(query.failure()) + "%";
      values.add(pattern);
      values.add(pattern);
    }
    if (FailureKind.OTHER.equals(query.group())) {
      sql.append(" and i.failure_group is null");
    } else if (query.group() != null) {
      sql.append(" and i.failure_group = ?");
      values.add(query.group());
    }
    String cursor = query.cursor();
    if (cursor != null) {
      sql.append(" and i.n > ?");
      values.add(position(cursor));
    }
    values.add(query.limit() + 1);
    return sql.append(" order by i.n limit ?").toString();
  }

  private static long position(String cursor) {
    try {
      return Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + cursor + "' is no cursor of a list of items", e);
    }
  }

  private ItemView paged(Session.Row row, @Nullable String payload) throws SQLException {
    return view(row, payload, null, PagedFailure.of(row.textOrNull(13), row.textOrNull(15)));
  }

  private ItemView whole(Session.Row row) throws SQLException {
    String type = row.textOrNull(13);
    Failure failure =
        type == null
            ? null
            : new Failure(type, or(row.textOrNull(15)), or(row.textOrNull(16)), null);
    return view(row, row.textOrNull(17), row.textOrNull(18), failure);
  }

  private ItemView view(
      Session.Row row, @Nullable String payload, @Nullable String result, @Nullable Failure failure)
      throws SQLException {
    return new ItemView(
        new ItemId(row.big(1), row.big(2)),
        new RunId(row.text(14)),
        ItemControl.seen(row.text(3)),
        new ItemView.Asked(
            payloads.apply(payload), row.textOrNull(4), row.textOrNull(5), row.number(6)),
        new ItemView.Times(row.atOrNull(7), row.atOrNull(8), row.atOrNull(9), row.atOrNull(10)),
        new ItemView.Execution(
            row.number(11), row.textOrNull(12), payloads.apply(result), failure));
  }

  private static String or(@Nullable String text) {
    return text == null ? "" : text;
  }
}
