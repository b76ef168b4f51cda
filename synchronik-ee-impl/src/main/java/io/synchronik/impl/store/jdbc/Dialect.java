package io.synchronik.impl.store.jdbc;

import io.synchronik.impl.settings.Message;
import io.synchronik.run.SynchronikException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Set;
import javax.sql.DataSource;

/** What differs between the databases. */
public enum Dialect {
  /** PostgreSQL 12 and later. */
  POSTGRESQL("clock_timestamp()", " for update skip locked"),
  /**
   * H2 2.x. It answers ordered SKIP LOCKED with no rows while another claimer holds the first ones,
   * so rows are picked without locks and taken by the guard of the update that follows.
   */
  H2("current_timestamp", "");

  /** Those that everything was tried in. */
  private static final Set<String> H2_MODES =
      Set.of("REGULAR", "POSTGRESQL", "MYSQL", "MARIADB", "LEGACY");

  private static final int LEAST_H2 = 2;

  private final String now;
  private final String skipLocked;

  Dialect(String now, String skipLocked) {
    this.now = now;
    this.skipLocked = skipLocked;
  }

  /** Returns the expression for the present time. */
  public String now() {
    return now;
  }

  /** Returns the end of a select that takes rows which nobody else holds. */
  public String skipLocked() {
    return skipLocked;
  }

  /** Returns the end of a select whose rows nobody may change meanwhile. */
  public String share() {
    return this == POSTGRESQL ? " for share" : " for update";
  }

  /** Returns the expression for the next number of a sequence. */
  public String next(String sequence) {
    return this == POSTGRESQL ? "nextval('" + sequence + "')" : "next value for " + sequence;
  }

  /** Returns the end of an insert that does nothing where another transaction was faster. */
  public String orNothing() {
    return this == POSTGRESQL ? " on conflict do nothing" : "";
  }

  /** Asks the database what it is. */
  public static Dialect of(DataSource datasource) {
    try (Connection connection = datasource.getConnection()) {
      String product = connection.getMetaData().getDatabaseProductName();
      return switch (product) {
        case "PostgreSQL" -> POSTGRESQL;
        case "H2" -> h2(connection, NamedDataSource.nameOf(datasource));
        default -> throw unknown(product, NamedDataSource.nameOf(datasource));
      };
    } catch (SQLException e) {
      throw new StoreException("asking the database what it is", e);
    }
  }

  /** In some modes H2 writes its own statements otherwise than it documents. */
  private static Dialect h2(Connection connection, String datasource) throws SQLException {
    int version = connection.getMetaData().getDatabaseMajorVersion();
    if (version < LEAST_H2) {
      throw unknown("H2 " + version, datasource);
    }
    String mode = h2Mode(connection);
    if (!H2_MODES.contains(mode.toUpperCase(Locale.ROOT))) {
      throw new SynchronikException(Message.H2_MODE.with(mode, datasource));
    }
    return H2;
  }

  /** What the table and its columns are called depends on further settings of the database. */
  private static String h2Mode(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM INFORMATION_SCHEMA.SETTINGS")) {
      while (rows.next()) {
        if ("MODE".equals(rows.getString(1))) {
          return rows.getString(2);
        }
      }
      return "REGULAR";
    }
  }

  private static SynchronikException unknown(String product, String datasource) {
    return new SynchronikException(Message.UNKNOWN_DATABASE.with(product, datasource));
  }

  /** Tells whether a database of this URL forgets everything when the JVM ends. */
  public static boolean inMemory(DataSource datasource) {
    try (Connection connection = datasource.getConnection()) {
      String url = connection.getMetaData().getURL();
      return url != null && url.startsWith("jdbc:h2:mem:");
    } catch (SQLException e) {
      throw new StoreException("asking the database for its URL", e);
    }
  }

  /** Returns the statement that deletes some items of a set: app, set, how many at most. */
  public String deleteItems() {
    return this == POSTGRESQL
        ? """
        delete from sk_item where ctid = any (array(
          select ctid from sk_item where app = ? and item_set = ? limit ?))
        """
        : "delete from sk_item where app = ? and item_set = ? fetch first ? rows only";
  }

  /** Returns the statement that removes some rows of several runs from a table. */
  public String deleteOfRuns(String table) {
    return this == POSTGRESQL
        ? "delete from %s where ctid = any (array(select ctid from %s where app = ? and run = any(?) limit ?))"
            .formatted(table, table)
        : "delete from " + table + " where app = ? and run = any(?) fetch first ? rows only";
  }
}
