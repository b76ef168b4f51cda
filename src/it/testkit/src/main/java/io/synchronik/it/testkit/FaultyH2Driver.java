package io.synchronik.it.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.h2.Driver;
import org.jspecify.annotations.Nullable;

/** H2's driver with faults; the pool creates it. */
public final class FaultyH2Driver extends Driver {
  /** Property of a connection: whose it is. */
  static final String CLIENT = "client";

  @Override
  public @Nullable Connection connect(String url, Properties info) throws SQLException {
    Properties own = new Properties();
    own.putAll(info);
    String client = String.valueOf(own.remove(CLIENT));
    Connection connection = super.connect(url, own);
    return connection == null
        ? null
        : FaultyConnection.of(connection, Connection.class, Faults.of(client));
  }
}
