package io.synchronik.it.benchmarks;

import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.PostgresServer;
import java.sql.SQLException;
import java.util.List;

/** Counts the statements that a server executes, begins and commits left out. */
final class Statements implements AutoCloseable {
  private final PostgresServer server;

  private Statements(PostgresServer server) {
    this.server = server;
  }

  /** Restarts the server so that it counts. */
  static Statements countedBy(PostgresServer server) throws SQLException {
    set(server, "shared_preload_libraries = 'pg_stat_statements'");
    restart(server);
    set(server, "pg_stat_statements.track_utility = off");
    return new Statements(server);
  }

  /** Creates a database that tells its count. */
  Database create(String name) throws SQLException {
    Database database = server.create(name);
    database.execute("create extension pg_stat_statements");
    return database;
  }

  /** Returns how many were executed in a database. */
  static long executed(Database database) throws SQLException {
    return database.number(
        "select coalesce(sum(s.calls), 0)::bigint from pg_stat_statements s"
            + " join pg_database d on d.oid = s.dbid where d.datname = current_database()");
  }

  /**
   * What some statements took.
   *
   * @param statements how many
   * @param millis that they were executed
   * @param pages that they read, from memory or not
   */
  record Taken(long statements, double millis, long pages) {}

  /** Forgets what was counted in all databases. */
  static void forget(Database database) throws SQLException {
    database.rows("select pg_stat_statements_reset()");
  }

  /** Returns what the statements in a database took since then. */
  static Taken taken(Database database) throws SQLException {
    List<?> sums =
        database
            .rows(
                """
                select coalesce(sum(s.calls), 0), coalesce(sum(s.total_exec_time), 0),
                  coalesce(sum(s.shared_blks_hit + s.shared_blks_read), 0)
                from pg_stat_statements s join pg_database d on d.oid = s.dbid
                where d.datname = current_database() and s.query not like '%pg_stat_statements%'
                """)
            .get(0);
    return new Taken(
        number(sums.get(0)).longValue(),
        number(sums.get(1)).doubleValue(),
        number(sums.get(2)).longValue());
  }

  private static Number number(Object value) {
    return (Number) value;
  }

  private static void set(PostgresServer server, String setting) throws SQLException {
    try (Database database = server.create("setting")) {
      database.execute("alter system set " + setting);
      database.rows("select pg_reload_conf()");
    }
  }

  private static void restart(PostgresServer server) {
    server.stop();
    server.start();
  }

  @Override
  public void close() throws SQLException {
    try (Database database = server.create("setting")) {
      database.execute("alter system reset all");
    }
    restart(server);
  }
}
