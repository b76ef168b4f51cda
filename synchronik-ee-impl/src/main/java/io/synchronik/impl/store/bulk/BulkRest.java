package io.synchronik.impl.store.bulk;

import io.synchronik.impl.store.jdbc.Session;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code sk_bulk_aside} and {@code sk_bulk_set}: what somebody held in its turn, and the sets that
 * items were of. Rows are written by whoever holds what they belong to, and go with its end.
 */
public final class BulkRest {
  /** Sets some keys aside. */
  public void setAside(Session session, String bulk, Collection<String> keys) {
    session.batch(
        "insert into sk_bulk_aside (app, bulk, target) values (?, ?, ?)",
        keys.stream().map(key -> new @Nullable Object[] {session.app(), bulk, key}).toList());
  }

  /** Returns what is aside, behind a key. */
  public List<String> aside(Session session, String bulk, String after, int limit) {
    return session.list(
        """
        select target from sk_bulk_aside where app = ? and bulk = ? and target > ?
        order by target limit ?
        """,
        row -> row.text(1),
        session.app(),
        bulk,
        after,
        limit);
  }

  /** Some keys have had their turn. */
  public void takeBack(Session session, String bulk, Collection<String> keys) {
    session.batch(
        "delete from sk_bulk_aside where app = ? and bulk = ? and target = ?",
        keys.stream().map(key -> new @Nullable Object[] {session.app(), bulk, key}).toList());
  }

  /** Counts items of sets to which it was done. */
  public void count(Session session, String bulk, Map<Long, Long> items) {
    items.forEach(
        (set, done) -> {
          int counted =
              session.update(
                  """
                  update sk_bulk_set set done = done + ?
                  where app = ? and bulk = ? and item_set = ?
                  """,
                  done,
                  session.app(),
                  bulk,
                  set);
          if (counted == 0) {
            session.update(
                "insert into sk_bulk_set (app, bulk, item_set, done) values (?, ?, ?, ?)",
                session.app(),
                bulk,
                set,
                done);
          }
        });
  }

  /** A set, and to how many of its items it was done. */
  public record Counted(long set, long done) {}

  /** Returns the sets to whose items it was done. */
  public List<Counted> counted(Session session, String bulk) {
    return session.list(
        """
        select item_set, done from sk_bulk_set where app = ? and bulk = ? order by item_set
        """,
        row -> new Counted(row.big(1), row.big(2)),
        session.app(),
        bulk);
  }

  /** Removes all that belongs to one. */
  public void remove(Session session, String bulk) {
    for (String table : List.of("sk_bulk_aside", "sk_bulk_set")) {
      session.update("delete from " + table + " where app = ? and bulk = ?", session.app(), bulk);
    }
  }
}
