package io.synchronik.impl.boot;

import io.synchronik.impl.settings.Message;
import io.synchronik.impl.store.jdbc.Dialect;
import io.synchronik.impl.store.node.LockStore;
import io.synchronik.impl.store.schema.SchemaMigration;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import javax.sql.DataSource;

/**
 * Brings the database to where the code is: its schema, the rows that are locks, the definitions.
 */
final class StorageLoading {
  private static final Logger LOG = System.getLogger(StorageLoading.class.getName());

  private final Parts parts;
  private final UseCases uses;

  StorageLoading(Parts parts, UseCases uses) {
    this.parts = parts;
    this.uses = uses;
  }

  void load() {
    DataSource datasource = parts.platform.datasource();
    new SchemaMigration(datasource, parts.settings().store().schema()).apply();
    if (Dialect.inMemory(datasource)) {
      LOG.log(Level.WARNING, Message.IN_MEMORY.with(parts.settings().store().datasource()));
    }
    createLocks();
    define();
  }

  private void createLocks() {
    LockStore locks = new LockStore();
    parts
        .core
        .transactions()
        .own(
            tx -> {
              parts.core.clock().sample(tx.session().now());
              for (String name :
                  List.of(LockStore.JOURNAL, LockStore.STATISTICS, LockStore.WATCHER)) {
                locks.createIfMissing(tx.session(), name);
              }
              return null;
            });
  }

  private void define() {
    parts
        .core
        .transactions()
        .own(
            tx -> {
              uses.definitions.define(tx, parts.core.registry().all());
              uses.milestones.add(tx, "storage:loaded", null, null, null);
              return null;
            });
  }
}
