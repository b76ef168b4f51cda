package io.synchronik.it.benchmarks;

import io.synchronik.it.testkit.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import javax.sql.DataSource;

/** What the application does with an item: nothing, or one insert. */
public final class ItemWork {
  private static final String INSERT = "insert into effect (item, note) values (?, ?)";

  private final Items items;
  private final boolean inserting;
  private final DataSource connections;

  ItemWork(Items items, ItemLoad load, DataSource connections) {
    this.items = items;
    this.inserting = load.transactional();
    this.connections = connections;
  }

  static void createTable(Database database) throws SQLException {
    database.execute(
        "create table effect (id bigint generated always as identity primary key,"
            + " item integer not null, note varchar(200) not null)");
  }

  /** Works in a transaction of its own, for those that cannot share theirs. */
  public void run(int item) throws SQLException {
    if (inserting) {
      try (Connection connection = connections.getConnection()) {
        insert(connection, item);
      }
    }
    items.ran(item);
  }

  /** Inserts the row of an item in the transaction of its completion. */
  static void insert(Connection connection, int item) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setInt(1, item);
      insert.setString(2, "done");
      insert.executeUpdate();
    }
  }

  /** Returns the items that have a row; throws if one has two. */
  static BitSet effects(Database database) throws SQLException {
    BitSet found = new BitSet();
    for (List<?> row : database.rows("select item from effect")) {
      int item = (Integer) row.get(0);
      if (found.get(item)) {
        throw new IllegalStateException("Item " + item + " took effect twice");
      }
      found.set(item);
    }
    return found;
  }
}
