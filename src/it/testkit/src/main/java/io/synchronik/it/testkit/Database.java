package io.synchronik.it.testkit;

import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A database of a test's own. Its methods work outside any pool and any JTA transaction. */
public abstract class Database implements AutoCloseable {
  private static final AtomicInteger CREATED = new AtomicInteger();

  private final String name;

  Database(String name) {
    String clean = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    this.name = clean.substring(0, Math.min(40, clean.length())) + "_" + CREATED.incrementAndGet();
  }

  /**
   * Returns a PostgreSQL database that another JVM has created, and will drop.
   *
   * @param url its {@link #url()} there
   */
  public static Database createdElsewhere(String url) {
    return new PostgresDatabase(url);
  }

  /**
   * Creates an empty H2 database in memory.
   *
   * @param name begins its name; made unique
   * @param settings for its URL, each with a semicolon before it
   * @return the database; whoever creates it closes it
   */
  public static Database h2(String name, String settings) {
    return new H2Database(name, settings);
  }

  /** Returns its name on its server. */
  public final String name() {
    return name;
  }

  /** Returns what it is. */
  public abstract DatabaseKind kind();

  /** Returns a JDBC URL that needs neither user nor password. */
  public abstract String url();

  /** Sets up a pool of connections that take part in transactions without XA, as one resource. */
  AgroalConnectionFactoryConfigurationSupplier configureLocal(
      AgroalConnectionFactoryConfigurationSupplier factory, String client) {
    return configure(factory, client);
  }

  /** Tells a pool how to connect; {@code client} is what the server knows its connections by. */
  abstract AgroalConnectionFactoryConfigurationSupplier configure(
      AgroalConnectionFactoryConfigurationSupplier factory, String client);

  /** The same for connections on which the {@link Faults} of the client strike. */
  abstract AgroalConnectionFactoryConfigurationSupplier configureFaulty(
      AgroalConnectionFactoryConfigurationSupplier factory, String client);

  /** Ends the connections of a client; what they have not committed is rolled back. */
  abstract void end(String client, Collection<Connection> connections) throws SQLException;

  /** Drops it; who is still connected is thrown out. */
  @Override
  public abstract void close();

  /** Returns a new connection. */
  public final Connection connect() throws SQLException {
    return DriverManager.getConnection(url());
  }

  /**
   * Executes a statement and commits.
   *
   * @param sql with {@code ?} for the arguments
   * @return the number of rows changed
   */
  public final int execute(String sql, @Nullable Object... arguments) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement = prepare(connection, sql, arguments)) {
      return statement.execute() ? 0 : statement.getUpdateCount();
    }
  }

  /**
   * Reads rows.
   *
   * @param sql with {@code ?} for the arguments
   * @return their values, in the order of the columns
   */
  public final List<List<@Nullable Object>> rows(String sql, @Nullable Object... arguments)
      throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement = prepare(connection, sql, arguments);
        ResultSet result = statement.executeQuery()) {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      while (result.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
          row.add(result.getObject(column));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  /**
   * Reads one number.
   *
   * @param sql with {@code ?} for the arguments
   * @return the first column of the first row, 0 when it is null
   */
  public final long number(String sql, @Nullable Object... arguments) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement = prepare(connection, sql, arguments);
        ResultSet result = statement.executeQuery()) {
      if (!result.next()) {
        throw new SQLException("No row: " + sql);
      }
      return result.getLong(1);
    }
  }

  private static PreparedStatement prepare(
      Connection connection, String sql, @Nullable Object... arguments) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < arguments.length; i++) {
      statement.setObject(i + 1, arguments[i]);
    }
    return statement;
  }
}
