package io.synchronik.impl.store.schema;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A connection for a while, outside JTA transactions, given back as it came. */
final class LocalTransaction {

  /** What to do with the connection; what it does not commit is rolled back. */
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  private LocalTransaction() {}

  static <T> T of(DataSource datasource, Work<T> work) throws SQLException {
    try (Connection connection = datasource.getConnection()) {
      boolean autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(false);
      try {
        return work.with(connection);
      } finally {
        connection.rollback();
        connection.setAutoCommit(autoCommit);
      }
    }
  }
}
