package io.synchronik.impl.store.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.jdbc.StoreDatabase;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PostgreSQL is told when a table has grown, and only then. */
class FreshTablesIT {
  private Database database;
  private StoreDatabase opened;

  @BeforeEach
  void create() throws SQLException {
    database = DatabaseKind.POSTGRESQL.create("fresh");
    database.execute("create table sk_item (n integer) with (autovacuum_enabled = off)");
    opened = new StoreDatabase(database);
  }

  @AfterEach
  void close() {
    opened.close();
  }

  @Test
  void rowsAreCountedWhenThereAreFourTimesAsMany() throws SQLException {
    add(100);
    count();
    assertThat(counted()).isNegative();

    add(10_000);
    count();
    assertThat(counted()).isEqualTo(10_100);

    add(10_000);
    count();
    assertThat(counted()).isEqualTo(10_100);

    add(40_000);
    count();
    assertThat(counted()).isEqualTo(60_100);
  }

  private void add(int rows) throws SQLException {
    database.execute("insert into sk_item select generate_series(1, %d)".formatted(rows));
  }

  private void count() throws SQLException {
    try (Session session = opened.session()) {
      new FreshTables().count(session);
    }
  }

  /** Returns how many rows the database knows of; negative while they were never counted. */
  private long counted() throws SQLException {
    return database.number(
        "select cast(reltuples as bigint) from pg_class where relname = 'sk_item'");
  }
}
