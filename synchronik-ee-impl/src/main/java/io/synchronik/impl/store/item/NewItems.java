package io.synchronik.impl.store.item;

import io.synchronik.impl.store.jdbc.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code sk_item}: items are added, and removed when their enumeration begins anew. */
public final class NewItems {
  /**
   * An item to be inserted.
   *
   * @param n its number
   * @param payload as JSON
   * @param key unique in the set, null for none
   * @param mutex only one item with it is worked on at a time, null for none
   * @param priority items with a higher one are claimed first
   * @param times when it may and must be done
   */
  public record New(
      long n,
      @Nullable String payload,
      @Nullable String key,
      @Nullable String mutex,
      int priority,
      Times times) {}

  /**
   * When an item may and must be done.
   *
   * @param dueAt not claimed before, null for at once
   * @param deadlineAt by when it must be final, null for never
   */
  public record Times(@Nullable Instant dueAt, @Nullable Instant deadlineAt) {
    /** At any time. */
    public static final Times ANY = new Times(null, null);
  }

  /** Numbers come in blocks of so many. */
  public static final int BLOCK = 1000;

  /** Returns the first number of a block that nobody else uses. */
  public long nextBlock(Session session) {
    return session
        .first("select " + session.dialect().next("sk_item_seq"), row -> row.big(1))
        .orElseThrow();
  }

  /** Returns which of some keys a set has. */
  public Set<String> keys(Session session, long set, Collection<String> keys) {
    return keys.isEmpty()
        ? Set.of()
        : new HashSet<>(
            session.list(
                "select item_key from sk_item where app = ? and item_set = ? and item_key = any(?)",
                row -> row.text(1),
                session.app(),
                set,
                keys));
  }

  /**
   * Inserts items.
   *
   * @param enumeration fence of the attempt that adds them, 0 for others
   */
  public void insert(Session session, long set, long enumeration, List<New> items, Instant now) {
    List<@Nullable Object[]> rows = new ArrayList<>(items.size());
    for (New item : items) {
      Instant due = item.times.dueAt;
      boolean waits = due != null && due.isAfter(now);
      rows.add(
          new @Nullable Object[] {
            session.app(),
            set,
            item.n,
            waits ? "waiting" : "ready",
            item.priority,
            enumeration,
            due,
            item.times.deadlineAt,
            item.key,
            item.mutex,
            item.payload
          });
    }
    session.bulk(alike(items) ? ItemStatements.INSERT_ALIKE : ItemStatements.INSERT, rows);
  }

  /** Inserts an item of a number alone, which is refused when there is one. */
  public void insertAgain(Session session, long set, long n, Instant now) {
    insert(session, set, 0, List.of(new New(n, null, null, null, 0, Times.ANY)), now);
  }

  private static boolean alike(List<New> items) {
    for (New item : items) {
      if (item.key != null
          || item.mutex != null
          || item.priority != items.get(0).priority
          || !item.times.equals(items.get(0).times)) {
        return false;
      }
    }
    return true;
  }

  /** Removes items without a key that earlier attempts of the enumeration have added. */
  public int removeTorn(Session session, long set, long enumeration, int limit) {
    List<Long> torn =
        session.list(
            """
            select n from sk_item where app = ? and item_set = ? and item_key is null
              and enumeration > 0 and enumeration < ? order by n limit ?
            """,
            row -> row.big(1),
            session.app(),
            set,
            enumeration,
            limit);
    return torn.isEmpty()
        ? 0
        : session.update(
            "delete from sk_item where app = ? and item_set = ? and n = any(?)",
            session.app(),
            set,
            torn);
  }
}
