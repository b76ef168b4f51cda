package io.synchronik.it.testkit;

import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import org.postgresql.xa.PGXADataSource;

final class PostgresDatabase extends Database {
  private final PostgresServer server;

  PostgresDatabase(PostgresServer server, String name) {
    super(name);
    this.server = server;
    server.execute("create database " + name() + " template template0");
  }

  @Override
  public DatabaseKind kind() {
    return DatabaseKind.POSTGRESQL;
  }

  @Override
  public String url() {
    return server.url(name());
  }

  @Override
  AgroalConnectionFactoryConfigurationSupplier configure(
      AgroalConnectionFactoryConfigurationSupplier factory, String client) {
    return factory
        .connectionProviderClass(PGXADataSource.class)
        .jdbcUrl(url())
        .jdbcProperty("ApplicationName", client);
  }

  @Override
  void end(String client, Collection<Connection> connections) throws SQLException {
    rows(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
            + " where datname = current_database() and application_name = ?",
        client);
  }

  @Override
  public void close() {
    server.execute("drop database if exists " + name() + " with (force)");
  }
}
