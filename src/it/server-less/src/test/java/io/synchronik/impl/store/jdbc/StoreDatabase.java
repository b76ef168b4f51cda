package io.synchronik.impl.store.jdbc;

import io.synchronik.impl.store.jpa.JpaBootstrap;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.JtaPool;
import jakarta.persistence.EntityManagerFactory;
import java.sql.SQLException;
import java.util.Map;

/** A database as the store sees it: a pool in JTA, and the entities on it. */
public final class StoreDatabase implements AutoCloseable {
  private static final Map<String, Object> JTA =
      Map.of(
          "hibernate.transaction.jta.platform",
          "org.hibernate.engine.transaction.jta.platform.internal.JBossStandAloneJtaPlatform");

  public final Database database;
  public final JtaPool pool;
  public final EntityManagerFactory factory;

  public StoreDatabase(Database database) throws SQLException {
    this.database = database;
    pool = JtaPool.on(database);
    factory = JpaBootstrap.create(pool.dataSource(), JTA);
  }

  public Session session() throws SQLException {
    return new Session("app", pool.dataSource(), factory, Dialect.of(pool.dataSource()));
  }

  @Override
  public void close() {
    factory.close();
    pool.close();
    database.close();
  }
}
