package io.synchronik.impl.store.node;

import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.jdbc.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's LISTEN on a connection of its own: tells at once what other nodes have said. The
 * driver's own type is needed for that, which not every server shows to applications; so it is
 * called by name.
 */
public final class Bell implements AutoCloseable {
  private static final String CHANNEL = "synchronik";
  private static final String DRIVER_TYPE = "org.postgresql.PGConnection";

  private final Connection connection;
  private final Object driver;
  private final Method notifications;

  private Bell(Connection connection, Object driver, Method notifications) {
    this.connection = connection;
    this.driver = driver;
    this.notifications = notifications;
  }

  /** Tells other nodes something, when this transaction commits. */
  public static void ring(Session session, String text) {
    session.first(
        "select pg_notify('" + CHANNEL + "', ?)", row -> String.valueOf(row.textOrNull(1)), text);
  }

  /**
   * Begins to listen, outside any transaction.
   *
   * @return empty when the driver is out of reach
   * @throws StoreException if the database is
   */
  public static Optional<Bell> listen(DataSource datasource) {
    try {
      return listening(datasource);
    } catch (SQLException e) {
      throw new StoreException("listening", e);
    }
  }

  private static Optional<Bell> listening(DataSource datasource) throws SQLException {
    Connection connection = datasource.getConnection();
    try {
      Class<?> type =
          Class.forName(DRIVER_TYPE, false, Thread.currentThread().getContextClassLoader());
      Method notifications = type.getMethod("getNotifications", int.class);
      Object driver = connection.unwrap(type);
      try (Statement statement = connection.createStatement()) {
        statement.execute("listen " + CHANNEL);
      }
      return Optional.of(new Bell(connection, driver, notifications));
    } catch (ReflectiveOperationException | LinkageError e) {
      connection.close();
      return Optional.empty();
    } catch (SQLException | RuntimeException | Error e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Waits for what others say.
   *
   * @return what was said, nothing when the time is over
   * @throws StoreException if the connection is gone
   */
  public List<String> await(Duration atMost) {
    try {
      Object found = notifications.invoke(driver, (int) atMost.toMillis());
      List<String> texts = new ArrayList<>();
      if (found instanceof Object[] all) {
        for (Object one : all) {
          texts.add(String.valueOf(one.getClass().getMethod("getParameter").invoke(one)));
        }
      }
      return texts;
    } catch (InvocationTargetException e) {
      throw failed(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw failed(e);
    }
  }

  private static StoreException failed(@Nullable Throwable cause) {
    return new StoreException(
        "waiting for notifications",
        new SQLException("No notifications: " + cause, "08000", cause));
  }

  @Override
  public void close() {
    try (Connection ended = connection;
        Statement statement = ended.createStatement()) {
      // The pool gives it to somebody else
      statement.execute("unlisten " + CHANNEL);
    } catch (SQLException e) {
      throw new StoreException("ending to listen", e);
    }
  }
}
