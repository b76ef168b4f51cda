package io.synchronik.impl.store.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Lets one node at a time migrate, by a locked row. The migration library's own lock ends on H2
 * with the first statement that creates something.
 */
final class SchemaLock {
  private static final int PAUSE_MILLIS = 100;
  private static final int COLLISIONS = 20;
  private static final int WAITS = 3000;

  private final Connection connection;

  private SchemaLock(Connection connection) {
    this.connection = connection;
  }

  /** Does the work while no other node does, on a connection of its own. */
  static <T> T hold(DataSource datasource, LocalTransaction.Work<T> work) throws SQLException {
    return LocalTransaction.of(
        datasource,
        connection -> {
          SchemaLock lock = new SchemaLock(connection);
          lock.prepare();
          lock.take();
          return LocalTransaction.of(datasource, work);
        });
  }

  /** Nodes that create the row at once collide; whoever tries again finds it done. */
  private void prepare() throws SQLException {
    for (int collisions = 0; ; collisions++) {
      try {
        createIfMissing();
        return;
      } catch (SQLException e) {
        connection.rollback();
        if (collisions == COLLISIONS) {
          throw e;
        }
      }
      pause();
    }
  }

  private void createIfMissing() throws SQLException {
    if (isTableMissing()) {
      execute("create table if not exists sk_schema_lock (id integer primary key)");
    }
    if (!any("select 1 from sk_schema_lock")) {
      execute("insert into sk_schema_lock (id) values (1)");
    }
    connection.commit();
  }

  /** Asked first: the right to create tables may be gone once all stand. */
  private boolean isTableMissing() throws SQLException {
    try {
      any("select 1 from sk_schema_lock");
      return false;
    } catch (SQLException e) {
      connection.rollback();
      return true;
    }
  }

  private void take() throws SQLException {
    for (int waits = 0; !any("select 1 from sk_schema_lock for update skip locked"); ) {
      if (++waits == WAITS) {
        throw new SQLTimeoutException("Another node migrates for longer than five minutes");
      }
      connection.rollback();
      pause();
    }
  }

  private boolean any(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void pause() throws SQLException {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLTimeoutException("Interrupted while another node migrates", e);
    }
  }
}
