package io.synchronik.it.testkit;

import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import org.h2.Driver;
import org.h2.api.ErrorCode;

final class H2Database extends Database {
  private final String settings;

  H2Database(String name, String settings) {
    super(name);
    this.settings = settings;
  }

  @Override
  public DatabaseKind kind() {
    return DatabaseKind.H2;
  }

  @Override
  public String url() {
    // As long as PostgreSQL waits for rows: whoever sets no bound of his own is found out
    return "jdbc:h2:mem:" + name() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=3600000" + settings;
  }

  @Override
  AgroalConnectionFactoryConfigurationSupplier configure(
      AgroalConnectionFactoryConfigurationSupplier factory, String client) {
    // Not XA: H2's XA connections report a commit that met a closed connection as a success.
    return factory.connectionProviderClass(Driver.class).jdbcUrl(url());
  }

  @Override
  AgroalConnectionFactoryConfigurationSupplier configureFaulty(
      AgroalConnectionFactoryConfigurationSupplier factory, String client) {
    return factory
        .connectionProviderClass(FaultyH2Driver.class)
        .jdbcUrl(url())
        .jdbcProperty(FaultyH2Driver.CLIENT, client);
  }

  @Override
  void end(String client, Collection<Connection> connections) throws SQLException {
    for (Connection connection : connections) {
      connection.close();
    }
  }

  @Override
  public void close() {
    try {
      execute("shutdown immediately");
    } catch (SQLException e) {
      // The statement's own commit finds no database any more.
      if (e.getErrorCode() != ErrorCode.DATABASE_CALLED_AT_SHUTDOWN) {
        throw new IllegalStateException("Database " + name() + " did not end", e);
      }
    }
  }
}
