package io.synchronik.impl.store.item;

import io.synchronik.impl.store.jdbc.Bulk;
import io.synchronik.impl.store.jdbc.Dialect;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.jdbc.StoreException;
import io.synchronik.run.ItemId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code sk_kept_key}: keys of items that are unique beyond their run. A key is taken until its
 * time is over, by an item that has neither failed nor was withdrawn; one whose row is gone has
 * completed. Nobody who ends items changes anything here: it is decided when a key is wanted.
 *
 * <p>Keys are taken in their order; whoever has just taken one holds it until his commit, and
 * others who want the same one wait.
 */
public final class KeptKeys {
  /**
   * Who takes keys.
   *
   * @param unit a worker
   * @param now the time
   * @param until when they are free again
   */
  public record Taker(String unit, Instant now, Instant until) {}

  /** Somebody holds a key that is wanted, and has not ended his transaction in time. */
  public static final class Held extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Held(StoreException cause) {
      super(cause);
    }
  }

  /** A key that somebody has. */
  private record Kept(String key, ItemId item, Instant until, @Nullable String state) {
    boolean isFree(Instant now) {
      return !until.isAfter(now) || "failed".equals(state) || "canceled".equals(state);
    }
  }

  private static final Bulk INSERT =
      Bulk.of(
          """
          insert into sk_kept_key (app, unit, item_key, item_set, n, kept_until)
          values (:app, :unit, :item_key, :item_set, :n, :kept_until)
          on conflict (app, unit, item_key) do nothing
          """,
          "app text*",
          "unit text*",
          "item_key text",
          "item_set bigint",
          "n bigint",
          "kept_until timestamptz*");

  private static final String INSERT_ONE =
      """
      insert into sk_kept_key (app, unit, item_key, item_set, n, kept_until)
      values (?, ?, ?, ?, ?, ?)
      """;

  private static final Bulk TAKE_OVER =
      Bulk.of(
          """
          update sk_kept_key t set item_set = :item_set, n = :n, kept_until = :kept_until
          where t.app = :app and t.unit = :unit and t.item_key = :item_key
            and t.item_set = :old_set and t.n = :old_n
          """,
          "item_set bigint",
          "n bigint",
          "kept_until timestamptz*",
          "app text*",
          "unit text*",
          "item_key text",
          "old_set bigint",
          "old_n bigint");

  /**
   * Takes keys for items that are about to be added; returns those that others have.
   *
   * @param wanted which item is to have which key
   */
  public Set<String> take(Session session, Taker taker, SortedMap<String, ItemId> wanted) {
    Set<String> others = new HashSet<>();
    SortedMap<String, ItemId> left = new TreeMap<>(wanted);
    try {
      while (!left.isEmpty()) {
        look(session, taker, left, others);
      }
    } catch (StoreException e) {
      throw StoreException.isLocked(e) ? new Held(e) : e;
    }
    return others;
  }

  private static void look(
      Session session, Taker taker, SortedMap<String, ItemId> left, Set<String> others) {
    SortedMap<String, ItemId> fresh = new TreeMap<>(left);
    List<Kept> free = new ArrayList<>();
    for (Kept kept : kept(session, taker, left)) {
      fresh.remove(kept.key);
      if (kept.item.equals(left.get(kept.key))) {
        left.remove(kept.key);
      } else if (kept.isFree(taker.now)) {
        free.add(kept);
      } else {
        left.remove(kept.key);
        others.add(kept.key);
      }
    }
    // What comes of these the next look tells: somebody may have been faster
    takeOver(session, taker, free, left);
    insert(session, taker, fresh);
  }

  private static List<Kept> kept(Session session, Taker taker, Map<String, ItemId> wanted) {
    return session.list(
        """
        select k.item_key, k.item_set, k.n, k.kept_until, i.state
        from sk_kept_key k left join sk_item i
          on i.app = k.app and i.item_set = k.item_set and i.n = k.n
        where k.app = ? and k.unit = ? and k.item_key = any(?) order by k.item_key
        """,
        row ->
            new Kept(row.text(1), new ItemId(row.big(2), row.big(3)), row.at(4), row.textOrNull(5)),
        session.app(),
        taker.unit,
        wanted.keySet());
  }

  private static void takeOver(
      Session session, Taker taker, List<Kept> free, Map<String, ItemId> wanted) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Kept kept : free) {
      ItemId item = wanted.get(kept.key);
      if (item != null) {
        rows.add(
            new @Nullable Object[] {
              item.set(),
              item.number(),
              taker.until,
              session.app(),
              taker.unit,
              kept.key,
              kept.item.set(),
              kept.item.number()
            });
      }
    }
    if (!rows.isEmpty()) {
      session.bulk(TAKE_OVER, rows);
    }
  }

  private static void insert(Session session, Taker taker, SortedMap<String, ItemId> fresh) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    fresh.forEach(
        (key, item) ->
            rows.add(
                new @Nullable Object[] {
                  session.app(), taker.unit, key, item.set(), item.number(), taker.until
                }));
    if (rows.isEmpty()) {
      return;
    }
    if (session.dialect() == Dialect.POSTGRESQL) {
      session.bulk(INSERT, rows);
      return;
    }
    try {
      // One by one: a batch would wait for each of those that somebody holds
      rows.forEach(row -> session.update(INSERT_ONE, row));
    } catch (StoreException e) {
      // Somebody was faster with one of them; those before it are there
      if (!StoreException.isDuplicate(e)) {
        throw e;
      }
    }
  }
}
