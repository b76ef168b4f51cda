package io.synchronik.impl.store;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tables that fill for the first time. PostgreSQL keeps the plans of repeated statements: what was
 * planned for an empty table goes on reading all of it until somebody has counted its rows, a
 * minute or two after it has filled.
 */
public final class FreshTables {
  private static final String UNCOUNTED =
      """
      select t.name
      from unnest(array['sk_unit', 'sk_schedule', 'sk_run', 'sk_event_batch', 'sk_event']) t(name)
      join pg_class c on c.oid = to_regclass(t.name)
      where c.reltuples <= 0 and pg_relation_size(c.oid) > 65536
      """;

  private final Set<String> counted = new HashSet<>();

  /** Has the database count the rows of each such table once. Used by one thread at a time. */
  public void count(Session session) {
    if (session.dialect() != Dialect.POSTGRESQL) {
      return;
    }
    List<String> uncounted = session.list(UNCOUNTED, row -> row.text(1));
    for (String table : uncounted) {
      if (counted.add(table)) {
        session.update("analyze (skip_locked) " + table);
      }
    }
  }
}
