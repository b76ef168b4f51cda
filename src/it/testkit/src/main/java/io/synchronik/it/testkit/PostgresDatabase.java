package io.synchronik.it.testkit;

import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.xa.PGXADataSource;

final class PostgresDatabase extends Database {
  private final String url;
  private final Runnable drop;

  PostgresDatabase(PostgresServer server, String name) {
    super(name);
    server.execute("create database " + name() + " template template0");
    url = server.url(name());
    drop = () -> server.execute("drop database if exists " + name() + " with (force)");
  }

  /** A database that somebody else creates and drops. */
  PostgresDatabase(String url) {
    super("shared");
    this.url = url;
    this.drop = () -> {};
  }

  @Override
  public DatabaseKind kind() {
    return DatabaseKind.POSTGRESQL;
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  AgroalConnectionFactoryConfigurationSupplier configure(
      AgroalConnectionFactoryConfigurationSupplier factory, String client) {
    return configure(factory, client, PGXADataSource.class);
  }

  @Override
  AgroalConnectionFactoryConfigurationSupplier configureLocal(
      AgroalConnectionFactoryConfigurationSupplier factory, String client) {
    return configure(factory, client, PGSimpleDataSource.class);
  }

  @Override
  AgroalConnectionFactoryConfigurationSupplier configureFaulty(
      AgroalConnectionFactoryConfigurationSupplier factory, String client) {
    return configure(factory, client, FaultyPostgresDataSource.class);
  }

  private AgroalConnectionFactoryConfigurationSupplier configure(
      AgroalConnectionFactoryConfigurationSupplier factory, String client, Class<?> provider) {
    return factory
        .connectionProviderClass(provider)
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
    drop.run();
  }
}
