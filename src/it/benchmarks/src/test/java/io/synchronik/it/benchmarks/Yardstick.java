package io.synchronik.it.benchmarks;

import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.Node;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;

/** What enqueuing is compared with: the driver alone, on one connection. */
enum Yardstick {
  /** All in one transaction, into a table with three indexes; nothing beats it. */
  COPY("COPY", false) {
    @Override
    void prepare(Database database) throws SQLException {
      BareTable.ONE.create(database);
    }

    @Override
    void insert(Connection connection, int from, int end) throws SQLException, IOException {
      copy(
          connection,
          "copy item (app, item_set, n, state, priority, payload) from stdin",
          from,
          end,
          item ->
              BareTable.APPLICATION + "\t1\t" + item + "\tready\t0\t" + BareTable.payload(item));
    }
  },
  /** In batches, each committed, into the table of the engine: its columns and six indexes. */
  COPY_BATCHES("COPY, sk_item", true) {
    @Override
    void insert(Connection connection, int from, int end) throws SQLException, IOException {
      copy(
          connection,
          "copy sk_item (app, item_set, n, state, priority, attempt, losses, fence, enumeration,"
              + " payload) from stdin",
          from,
          end,
          item -> BareTable.APPLICATION + "\t1\t" + item + "\tready\t0\t0\t0\t0\t1\t" + item);
    }
  },
  /** The same batches as arrays. */
  ARRAYS("arrays, sk_item", true) {
    @Override
    void insert(Connection connection, int from, int end) throws SQLException {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into sk_item (app, item_set, n, state, priority, attempt, losses, fence,"
                  + " enumeration, payload) select ?, 1, n, 'ready', 0, 0, 0, 0, 1, payload"
                  + " from unnest(?::bigint[], ?::text[]) v (n, payload)")) {
        insert.setString(1, BareTable.APPLICATION);
        insert.setArray(
            2,
            connection.createArrayOf(
                "bigint", IntStream.range(from, end).asLongStream().boxed().toArray()));
        insert.setArray(
            3,
            connection.createArrayOf(
                "text", IntStream.range(from, end).mapToObj(Integer::toString).toArray()));
        insert.executeUpdate();
      }
    }
  },
  /** The batches that JDBC has, each committed. */
  BATCHES("JDBC, sk_item", true) {
    @Override
    void insert(Connection connection, int from, int end) throws SQLException {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into sk_item (app, item_set, n, state, priority, attempt, losses, fence,"
                  + " enumeration, payload) values (?, 1, ?, 'ready', 0, 0, 0, 0, 1, ?)")) {
        for (int item = from; item < end; item++) {
          insert.setString(1, BareTable.APPLICATION);
          insert.setLong(2, item);
          insert.setString(3, Integer.toString(item));
          insert.addBatch();
        }
        insert.executeBatch();
      }
    }
  };

  private static final int BATCH = 5000;

  private final String label;
  private final boolean committed;

  Yardstick(String label, boolean committed) {
    this.label = label;
    this.committed = committed;
  }

  String label() {
    return label;
  }

  void prepare(Database database) throws SQLException {
    // Its start creates the tables
    Node.on(database).withoutXa().start().close();
  }

  /** Inserts the items {@code from} to {@code end - 1}. */
  abstract void insert(Connection connection, int from, int end) throws SQLException, IOException;

  /** Adds the items 0 to {@code items - 1}, durably. */
  void enqueue(Connection connection, int items) throws SQLException, IOException {
    connection.setAutoCommit(false);
    for (int from = 0; from < items; from += BATCH) {
      insert(connection, from, Math.min(items, from + BATCH));
      if (committed) {
        connection.commit();
      }
    }
    connection.commit();
  }

  private static void copy(
      Connection connection, String sql, int from, int end, IntFunction<String> row)
      throws SQLException, IOException {
    String rows = IntStream.range(from, end).mapToObj(row).collect(Collectors.joining("\n"));
    connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, new StringReader(rows));
  }
}
