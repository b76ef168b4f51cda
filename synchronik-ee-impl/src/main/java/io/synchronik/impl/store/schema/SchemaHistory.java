package io.synchronik.impl.store.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The migration library's table, read without its locks. */
final class SchemaHistory {
  static final String TABLE = "sk_schema_history";

  /** No such table: PostgreSQL's, and H2's with its guesses at what was meant. */
  private static final Set<String> NO_TABLE = Set.of("42P01", "42S02", "42S03", "42S04");

  private SchemaHistory() {}

  /** Returns the checksums of what was applied, by version. */
  static Map<String, Integer> read(Connection connection) throws SQLException {
    Map<String, Integer> checksums = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select mversion, mchecksum from " + TABLE)) {
      while (rows.next()) {
        checksums.put(rows.getString(1), rows.getInt(2));
      }
    } catch (SQLException e) {
      if (!NO_TABLE.contains(e.getSQLState())) {
        throw e;
      }
    }
    return checksums;
  }
}
