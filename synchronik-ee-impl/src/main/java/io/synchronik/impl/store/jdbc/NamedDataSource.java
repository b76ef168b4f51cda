package io.synchronik.impl.store.jdbc;

import io.synchronik.impl.settings.Message;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A datasource that says which one it is when it gives no connection. Pools throw all kinds of
 * exceptions then, many without a state; these are told apart only here: what a person has to mend,
 * such as a wrong password, and what may pass.
 */
public final class NamedDataSource implements DataSource {
  /** Wrong user or password, no such database. */
  private static final List<String> TO_MEND = List.of("28", "3D", "90013", "90146");

  private static final int MOST_CAUSES = 20;

  private final String name;
  private final DataSource datasource;

  /**
   * Names a datasource.
   *
   * @param name for messages
   */
  public NamedDataSource(String name, DataSource datasource) {
    this.name = name;
    this.datasource = datasource;
  }

  /** Returns the name that a datasource has in messages. */
  static String nameOf(DataSource datasource) {
    return datasource instanceof NamedDataSource named ? named.name : "";
  }

  @Override
  public Connection getConnection() throws SQLException {
    try {
      return datasource.getConnection();
    } catch (SQLException | RuntimeException e) {
      Throwable cause = e;
      String text = String.valueOf(e.getMessage());
      for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
        text = cause.getMessage() == null ? text : cause.getMessage();
        if (cause instanceof SQLException sql && isToMend(sql)) {
          throw new Unreachable(Message.NO_CONNECTION.with(name, text), sql.getSQLState(), e);
        }
        cause = cause.getCause();
      }
      throw new Unreachable(Message.NO_CONNECTION.with(name, text), Unreachable.STATE, e);
    }
  }

  private static boolean isToMend(SQLException thrown) {
    return thrown.getSQLState() != null
        && TO_MEND.stream().anyMatch(thrown.getSQLState()::startsWith);
  }

  /** No connection; its text names the datasource. */
  static final class Unreachable extends SQLException {
    private static final long serialVersionUID = 1L;
    private static final String STATE = "08001";

    private Unreachable(String text, String state, Exception cause) {
      super(text, state, cause);
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return datasource.getConnection(user, password);
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return datasource.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    datasource.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    datasource.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return datasource.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return datasource.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return type.isInstance(datasource) ? type.cast(datasource) : datasource.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(datasource) || datasource.isWrapperFor(type);
  }
}
