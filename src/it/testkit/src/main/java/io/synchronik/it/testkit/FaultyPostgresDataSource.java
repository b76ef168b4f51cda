package io.synchronik.it.testkit;

import java.sql.SQLException;
import javax.sql.XAConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.xa.PGXAConnection;
import org.postgresql.xa.PGXADataSource;

/** PostgreSQL's XA connections on physical ones with faults; the pool creates it. */
public final class FaultyPostgresDataSource extends PGXADataSource {
  @Override
  public XAConnection getXAConnection(String user, String password) throws SQLException {
    Faults faults = Faults.of(String.valueOf(getApplicationName()));
    BaseConnection physical = (BaseConnection) getConnection(user, password);
    return new PGXAConnection(FaultyConnection.of(physical, BaseConnection.class, faults));
  }
}
