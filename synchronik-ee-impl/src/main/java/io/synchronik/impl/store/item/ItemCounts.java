package io.synchronik.impl.store.item;

import io.synchronik.impl.store.jdbc.Bulk;
import io.synchronik.impl.store.jdbc.Dialect;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.item.ItemStatistics;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code sk_item_count}: how many items are in which state. Each writer moves the counters of its
 * own slot in the transaction that moves the items, so that writers do not wait for one another;
 * the sum over the slots is the truth at every moment.
 */
public final class ItemCounts {
  /** The counters, in the order of their columns. */
  public enum Counter {
    /** Items that wait. */
    INITIALIZED,
    /** Items under way. */
    STARTED,
    /** Done. */
    COMPLETED,
    /** Failed for good. */
    FAILED,
    /** Withdrawn. */
    CANCELED
  }

  private static final String ADD =
      """
      insert into sk_item_count (app, item_set, slot, initialized, started, completed, failed, canceled)
      values (:app, :item_set, :slot, :initialized, :started, :completed, :failed, :canceled)
      on conflict (app, item_set, slot) do update set
        initialized = sk_item_count.initialized + excluded.initialized,
        started = sk_item_count.started + excluded.started,
        completed = sk_item_count.completed + excluded.completed,
        failed = sk_item_count.failed + excluded.failed,
        canceled = sk_item_count.canceled + excluded.canceled
      """;

  private static final Bulk MANY =
      Bulk.of(
          ADD,
          "app text*",
          "item_set bigint",
          "slot integer*",
          "initialized bigint",
          "started bigint",
          "completed bigint",
          "failed bigint",
          "canceled bigint");

  private static final String MERGE =
      """
      merge into sk_item_count t using (values (
        cast(? as varchar), cast(? as bigint), cast(? as integer), cast(? as bigint),
        cast(? as bigint), cast(? as bigint), cast(? as bigint), cast(? as bigint)))
        v (app, item_set, slot, i, s, c, f, x)
      on (t.app = v.app and t.item_set = v.item_set and t.slot = v.slot)
      when matched then update set initialized = t.initialized + v.i, started = t.started + v.s,
        completed = t.completed + v.c, failed = t.failed + v.f, canceled = t.canceled + v.x
      when not matched then insert (app, item_set, slot, initialized, started, completed, failed,
        canceled) values (v.app, v.item_set, v.slot, v.i, v.s, v.c, v.f, v.x)
      """;

  private final Map<Long, Map<Counter, Long>> deltas = new TreeMap<>();

  /** Moves so many items of a set between states. */
  public ItemCounts move(long set, Counter from, Counter to, long items) {
    add(set, from, -items);
    return add(set, to, items);
  }

  /** Adds so many items of a set. */
  public ItemCounts add(long set, Counter counter, long items) {
    deltas
        .computeIfAbsent(set, id -> new EnumMap<>(Counter.class))
        .merge(counter, items, Long::sum);
    return this;
  }

  /** Writes what was moved, into a slot; by sets in their order. */
  public void write(Session session, int slot) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    deltas.forEach(
        (set, delta) -> {
          List<@Nullable Object> row = new ArrayList<>(List.of(session.app(), set, slot));
          for (Counter counter : Counter.values()) {
            row.add(delta.getOrDefault(counter, 0L));
          }
          rows.add(row.toArray());
        });
    if (session.dialect() == Dialect.POSTGRESQL) {
      session.bulk(MANY, rows);
    } else {
      session.batch(MERGE, rows);
    }
  }

  /** Returns the counters of a set. */
  public static ItemStatistics sum(Session session, long set) {
    return session
        .first(
            """
            select coalesce(sum(initialized), 0), coalesce(sum(started), 0),
              coalesce(sum(completed), 0), coalesce(sum(failed), 0), coalesce(sum(canceled), 0)
            from sk_item_count where app = ? and item_set = ?
            """,
            row -> new ItemStatistics(row.big(1), row.big(2), row.big(3), row.big(4), row.big(5)),
            session.app(),
            set)
        .orElse(ItemStatistics.NONE);
  }
}
