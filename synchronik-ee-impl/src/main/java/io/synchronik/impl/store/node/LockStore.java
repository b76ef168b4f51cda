package io.synchronik.impl.store.node;

import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.jdbc.StoreException;
import io.synchronik.impl.store.jdbc.UlidRange;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * {@code sk_lock}: rows that let one node at a time do something, each with a number; and marks of
 * transactions that insert nothing else that is theirs alone, with the time.
 */
public final class LockStore {
  /** Gives events their positions; its number is the last position. */
  public static final String JOURNAL = "journal";

  /** Counts what the journal tells; its number is the position up to which that is done. */
  public static final String STATISTICS = "statistics";

  /** The watcher; its number counts the scans. */
  public static final String WATCHER = "watcher";

  private static final String MARK = "mark ";

  /** Inserts the mark of a transaction; its id is in the order of time. */
  public void insertMark(Session session, String id, Instant at) {
    session.update(
        "insert into sk_lock (app, name, number) values (?, ?, ?)",
        session.app(),
        MARK + id,
        at.toEpochMilli());
  }

  /** Removes marks of transactions of which it is long known how they ended; at most so many. */
  public int removeMarksBefore(Session session, Instant time, int limit) {
    return session.update(
        """
        delete from sk_lock where app = ? and name in (
          select name from sk_lock
          where app = ? and name like 'mark %' and name < ? and number < ? limit ?)
        """,
        session.app(), session.app(), MARK + UlidRange.from(time), time.toEpochMilli(), limit);
  }

  /** Makes sure that a lock exists. Two nodes may do so at once. */
  public void createIfMissing(Session session, String name) {
    boolean missing =
        session
            .first(
                "select 1 from sk_lock where app = ? and name = ?",
                row -> row.number(1),
                session.app(),
                name)
            .isEmpty();
    if (missing) {
      try {
        session.update(
            "insert into sk_lock (app, name, number) values (?, ?, 0)"
                + session.dialect().orNothing(),
            session.app(),
            name);
      } catch (StoreException e) {
        if (!StoreException.isDuplicate(e)) {
          throw e;
        }
      }
    }
  }

  /** Takes a lock until the transaction ends, waiting for it; returns its number. */
  public long lock(Session session, String name) {
    return session
        .first(
            "select number from sk_lock where app = ? and name = ? for update",
            row -> row.big(1),
            session.app(),
            name)
        .orElseThrow();
  }

  /** Takes a lock when nobody holds it; returns its number, empty when somebody does. */
  public OptionalLong tryLock(Session session, String name) {
    return session
        .list(
            "select number from sk_lock where app = ? and name = ? for update skip locked",
            row -> row.big(1),
            session.app(),
            name)
        .stream()
        .mapToLong(Long::longValue)
        .findFirst();
  }

  /** Reads a lock's number. */
  public long value(Session session, String name) {
    return session
        .first(
            "select number from sk_lock where app = ? and name = ?",
            row -> row.big(1),
            session.app(),
            name)
        .orElse(0L);
  }

  /** Writes the number of a lock that this transaction holds. */
  public void set(Session session, String name, long value) {
    session.update(
        "update sk_lock set number = ? where app = ? and name = ?", value, session.app(), name);
  }
}
