package io.synchronik.it.testkit;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSourceListener;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalConnectionPoolConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.narayana.NarayanaTransactionIntegration;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;
import org.jspecify.annotations.Nullable;

/** A node's pool, enlisted in JTA transactions, that can lose its database. */
final class NodeDataSource implements DataSource, AutoCloseable {
  private final Database database;
  private final String client;
  private final AgroalDataSource pool;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();

  /** By which thread a connection was taken that is in use. */
  private final Map<Connection, Thread> held = new ConcurrentHashMap<>();

  /** Connections that the pool hands out no more. */
  private final Set<Connection> flushed = ConcurrentHashMap.newKeySet();

  private final Queue<String> refused = new ConcurrentLinkedQueue<>();
  private final List<String> second = new CopyOnWriteArrayList<>();
  private final boolean faulty;
  private final boolean local;
  private volatile boolean cut;

  NodeDataSource(Database database, String client, int size) throws SQLException {
    this(database, client, size, null, false);
  }

  NodeDataSource(Database database, String client, int size, @Nullable Faults faults, boolean local)
      throws SQLException {
    this.local = local;
    this.database = database;
    this.client = client;
    this.faulty = faults != null;
    if (faults != null) {
      Faults.register(client, faults);
    }
    this.pool =
        AgroalDataSource.from(
            new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> configure(pool.maxSize(size))),
            new Connections());
  }

  private AgroalConnectionPoolConfigurationSupplier configure(
      AgroalConnectionPoolConfigurationSupplier pool) {
    boolean postgres = database.kind() == DatabaseKind.POSTGRESQL;
    return pool.acquisitionTimeout(Duration.ofSeconds(5))
        .transactionIntegration(new NarayanaTransactionIntegration(Jta.MANAGER, Jta.REGISTRY))
        .connectionValidator(ConnectionValidator.defaultValidator())
        .idleValidationTimeout(Duration.ofSeconds(1))
        .exceptionSorter(
            postgres ? new PostgreSQLExceptionSorter() : NodeDataSource::isAboutConnection)
        .connectionFactoryConfiguration(
            factory ->
                faulty
                    ? database.configureFaulty(factory, client)
                    : local
                        ? database.configureLocal(factory, client)
                        : database.configure(factory, client));
  }

  private static boolean isAboutConnection(SQLException thrown) {
    return thrown.getErrorCode() == ErrorCode.OBJECT_CLOSED
        || String.valueOf(thrown.getSQLState()).startsWith("08");
  }

  private final class Connections implements AgroalDataSourceListener {
    @Override
    public void onConnectionCreation(Connection connection) {
      open.add(connection);
      if (cut) {
        end();
      }
    }

    @Override
    public void onConnectionAcquire(Connection connection) {
      Thread thread = Thread.currentThread();
      Thread before = held.put(connection, thread);
      if (before == null && held.values().stream().filter(thread::equals).count() > 1) {
        second.add(
            Arrays.stream(thread.getStackTrace())
                .map(StackTraceElement::toString)
                .filter(frame -> frame.startsWith("io.synchronik"))
                .collect(Collectors.joining(", called from ", thread.getName() + ": ", "")));
      }
    }

    @Override
    public void beforeConnectionReturn(Connection connection) {
      held.remove(connection);
    }

    @Override
    public void beforeConnectionFlush(Connection connection) {
      flushed.add(connection);
    }

    @Override
    public void onConnectionDestroy(Connection connection) {
      open.remove(connection);
      held.remove(connection);
      flushed.remove(connection);
    }
  }

  /** Returns where threads have taken another connection while they used one. */
  List<String> second() {
    return second;
  }

  /** Returns which threads got no connection, once for each. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  /** Takes the database away: open connections end, their work is rolled back. */
  void cut() {
    cut = true;
    end();
    Set<Connection> ended = Set.copyOf(open);
    pool.flush(AgroalDataSource.FlushMode.ALL);
    // On a thread of the pool's own: whoever is given back the database at once got one of them
    Await.until(Probe.PATIENCE, () -> ended.stream().noneMatch(this::isHandedOut));
  }

  /** One in use is ended when it is given back, or now. */
  private boolean isHandedOut(Connection connection) {
    return open.contains(connection)
        && !(flushed.contains(connection) && held.containsKey(connection));
  }

  private void end() {
    try {
      database.end(client, open);
    } catch (SQLException e) {
      throw new IllegalStateException("Node " + client + " still has connections", e);
    }
  }

  void mend() {
    cut = false;
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (cut) {
      refused.add(Thread.currentThread().getName());
      throw new SQLTransientConnectionException("Node " + client + " is cut off", "08001");
    }
    return pool.getConnection();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public void close() {
    pool.close();
    Faults.forget(client);
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return pool.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    pool.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    pool.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return pool.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return pool.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return pool.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return pool.isWrapperFor(type);
  }
}
