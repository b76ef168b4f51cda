package io.synchronik.impl.store.node;

import io.synchronik.impl.store.jdbc.Dialect;
import io.synchronik.impl.store.jdbc.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's {@code pg_stat_activity} and {@code pg_locks}: who holds rows of the engine. */
public final class OpenTransactions {
  /**
   * A transaction that holds rows of the engine's tables.
   *
   * @param backend its connection's number
   * @param since when it began
   * @param application as its connection calls itself
   * @param client where its connection comes from, null for the database's own machine
   */
  public record Open(int backend, Instant since, String application, @Nullable String client) {}

  /**
   * Returns transactions that are older than so much, as far as the engine may see them; none where
   * the database does not tell.
   */
  public List<Open> olderThan(Session session, Duration age) {
    if (session.dialect() != Dialect.POSTGRESQL) {
      return List.of();
    }
    return session.list(
        """
        select a.pid, a.xact_start, coalesce(a.application_name, ''), host(a.client_addr)
        from pg_stat_activity a
        where a.datname = current_database() and a.pid <> pg_backend_pid()
          and a.xact_start < clock_timestamp() - ?::interval and exists (
            select 1 from pg_locks l
            where l.pid = a.pid and l.locktype = 'relation' and l.granted
              and l.mode in ('RowShareLock', 'RowExclusiveLock')
              and (l.relation in (to_regclass('sk_unit'), to_regclass('sk_schedule'),
                  to_regclass('sk_pool'), to_regclass('sk_item_set'))
                or (l.relation = to_regclass('sk_run') and l.mode = 'RowShareLock')))
        order by a.pid
        """,
        row -> new Open(row.number(1), row.at(2), row.text(3), row.textOrNull(4)),
        age.toMillis() + "ms");
  }
}
