package io.synchronik.impl.store.jdbc;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How long a session's statements wait for rows that others hold. Connections come from a pool, and
 * transactions may be the application's: what was set before is given back, and a lower bound
 * stays.
 *
 * @param before what it was, null when it was left as it is
 * @param backend the connection's number in the database, 0 where it has none
 */
record LockBounds(@Nullable String before, int backend) {
  /** Tells whether a statement may hold rows that others ask for. */
  static boolean locks(String sql) {
    String text = sql.stripLeading().toLowerCase(Locale.ROOT);
    return text.startsWith("update")
        || text.startsWith("delete")
        || text.startsWith("merge")
        || text.contains("for update")
        || text.contains("for share")
        || text.contains("do update");
  }

  /** Sets the bound, unless there is a lower one. */
  static LockBounds of(Session session, long millis) {
    return session.dialect() == Dialect.POSTGRESQL
        ? ofPostgres(session, millis)
        : ofH2(session, millis);
  }

  private static LockBounds ofPostgres(Session session, long millis) {
    return session
        .first(
            """
            select b.lock_timeout, b.backend, set_config('lock_timeout',
              case when b.lock_timeout::interval between '1ms'::interval and ?::interval
                then b.lock_timeout else ? end, true)
            from (
              select current_setting('lock_timeout') as lock_timeout, pg_backend_pid() as backend
              offset 0) b
            """,
            row -> new LockBounds(row.text(1), row.number(2)),
            millis + "ms",
            millis + "ms")
        .orElseThrow();
  }

  private static LockBounds ofH2(Session session, long millis) {
    long before = session.first("select lock_timeout()", row -> row.big(1)).orElse(Long.MAX_VALUE);
    if (before <= millis) {
      return new LockBounds(null, 0);
    }
    session.update("set lock_timeout " + millis);
    return new LockBounds(Long.toString(before), 0);
  }

  /** Sets it as it was before. */
  void giveBack(Session session) {
    if (before == null) {
      return;
    }
    try {
      if (session.dialect() == Dialect.POSTGRESQL) {
        session.first("select set_config('lock_timeout', ?, true)", row -> row.text(1), before);
      } else {
        session.update("set lock_timeout " + before);
      }
    } catch (StoreException e) {
      // The transaction has failed, and its bounds go with it
    }
  }
}
