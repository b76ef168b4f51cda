package io.synchronik.it.testkit;

import jakarta.transaction.TransactionManager;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections that take part in JTA transactions, without a node. */
public final class JtaPool implements AutoCloseable {
  private static final int CONNECTIONS = 20;

  private final NodeDataSource dataSource;

  private JtaPool(NodeDataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Creates a pool.
   *
   * @return the pool; whoever creates it closes it before the database
   */
  public static JtaPool on(Database database) throws SQLException {
    return new JtaPool(new NodeDataSource(database, "pool", CONNECTIONS));
  }

  /** Returns its connections, enlisted in the thread's JTA transaction when there is one. */
  public DataSource dataSource() {
    return dataSource;
  }

  /** Returns the transaction manager that they are enlisted with. */
  public TransactionManager transactions() {
    return Jta.MANAGER;
  }

  /** Works in a JTA transaction of its own and commits it; what the work throws rolls it back. */
  public <T extends @Nullable Object> T inTransaction(Callable<T> work) throws Exception {
    Jta.MANAGER.begin();
    boolean done = false;
    try {
      T result = work.call();
      done = true;
      return result;
    } finally {
      if (done) {
        Jta.MANAGER.commit();
      } else {
        Jta.MANAGER.rollback();
      }
    }
  }

  @Override
  public void close() {
    dataSource.close();
  }
}
