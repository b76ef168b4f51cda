package io.synchronik.impl.store.schema;

import io.synchronik.impl.store.jdbc.Dialect;
import io.synchronik.impl.store.jdbc.Session;

/**
 * Tables that fill quickly. PostgreSQL keeps the plans of repeated statements: what was planned for
 * a small table goes on reading all of it until somebody has counted its rows again, a minute or
 * two later.
 */
public final class FreshTables {
  /**
   * Those that are four times as large as when they were counted last. Without the offset the
   * database may ask for the size of each file that it has.
   */
  private static final String GROWN =
      """
      select t.name
      from unnest(array['sk_unit', 'sk_schedule', 'sk_run', 'sk_task', 'sk_place',
        'sk_event_batch', 'sk_event', 'sk_item_set', 'sk_item', 'sk_item_count', 'sk_pool_task',
        'sk_attempt', 'sk_output']) t(name),
      lateral (select oid, relpages from pg_class where oid = to_regclass(t.name) offset 0) c
      where pg_relation_size(c.oid) > greatest(65536, 4 * 8192 * cast(c.relpages as bigint))
      """;

  /** Has the database count the rows of such tables. */
  public void count(Session session) {
    if (session.dialect() != Dialect.POSTGRESQL) {
      return;
    }
    for (String table : session.list(GROWN, row -> row.text(1))) {
      session.update("analyze (skip_locked) " + table);
    }
  }
}
