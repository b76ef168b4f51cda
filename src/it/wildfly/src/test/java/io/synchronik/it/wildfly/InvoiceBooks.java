package io.synchronik.it.wildfly;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Database;
import io.synchronik.it.wildfly.invoices.Invoicing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What the database tells about one run of {@link Invoicing}, without any server. It is asked over
 * one connection, as a new one for each look would take the servers' processors away.
 */
final class InvoiceBooks implements AutoCloseable {
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final Database database;
  private final Connection connection;

  /** Creates the table; nothing in it keeps an invoice from being there twice. */
  InvoiceBooks(Database database) throws SQLException {
    database.execute("create table invoice (number integer, item varchar(40))");
    this.database = database;
    connection = database.connect();
  }

  boolean isRunning() {
    return number(
            "select (select count(*) from sk_run where ended_at is null)"
                + " + (select count(*) from sk_item_set where state <> 'closed')")
        > 0;
  }

  /** Returns how many items are not final. */
  long open() {
    return number("select coalesce(sum(initialized + started), 0) from sk_item_count");
  }

  long completed() {
    return number("select coalesce(sum(completed), 0) from sk_item_count");
  }

  /** Returns the incarnation of a node that is there once. */
  String incarnation(String node) {
    return values("select incarnation from sk_node where name = ?", node).get(0);
  }

  /** Tells whether a node's present incarnation is working on items. */
  boolean isAtWork(String node) {
    return number(
            "select count(*) from sk_item i join sk_node n on n.incarnation = i.owner"
                + " where i.state = 'started' and n.name = ?",
            node)
        > 0;
  }

  /**
   * Does something while no invoice can be written and no transaction has one that is not
   * committed: what nodes work on then, they go on working on. It must not take long.
   *
   * @return false if that could not be had soon, or the answer
   */
  boolean whileNoneCanEnd(BooleanSupplier what) {
    try (Connection other = database.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("set local lock_timeout = '1s'");
      statement.execute("lock table invoice in exclusive mode");
      return what.getAsBoolean();
    } catch (SQLException e) {
      if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        return false;
      }
      throw new IllegalStateException(e);
    }
  }

  /** Tells whether a node's present incarnation has completed items. */
  boolean hasCompletedSome(String node) {
    return number(
            "select count(*) from sk_node n where n.name = ? and exists (select 1 from sk_item i"
                + " where i.node = n.name and i.state = 'completed' and i.ended_at > n.started_at)",
            node)
        > 0;
  }

  /** Tells whether nothing is left of an incarnation. */
  boolean isTakenOver(String incarnation) {
    return number("select count(*) from sk_node where incarnation = ?", incarnation) == 0
        && number("select count(*) from sk_item where state = 'started' and owner = ?", incarnation)
            == 0;
  }

  /** Returns how many times an item has lost its node. */
  long losses() {
    return number("select sum(losses) from sk_item");
  }

  /** Checks that the run has completed with so many invoices, and that all adds up. */
  void check(int invoices) {
    assertRow(
        "select count(*), count(distinct number), min(number), max(number), count(distinct item)"
            + " from invoice",
        "%1$d %1$d 1 %1$d %1$d".formatted(invoices));
    assertRow(
        "select state, count(*), max(attempt) from sk_item group by state",
        "completed %d 1".formatted(invoices));
    assertRow(
        "select sum(initialized), sum(started), sum(completed), sum(failed), sum(canceled)"
            + " from sk_item_count",
        "0 0 %d 0 0".formatted(invoices));
    assertRow(
        "select r.state, s.state, r.result::json ->> 'total', r.result::json ->> 'completed',"
            + " r.result::json ->> 'failed', r.result::json ->> 'canceled'"
            + " from sk_run r join sk_item_set s on s.run = r.id",
        "completed closed %1$d %1$d 0 0".formatted(invoices));
    assertRow(
        "select status, run_count, completed_count, failed_count, active_runs from sk_unit",
        "completed 1 1 0 0");
    assertRow(
        "select count(*), count(*) filter (where type = 'complete') from sk_event"
            + " where type in ('start', 'complete', 'fail')",
        "2 1");
    assertRow("select count(*) from pg_prepared_xacts", "0");
  }

  /** Returns how many items each node has completed. */
  List<String> shares() {
    return values("select node, count(*) from sk_item group by node order by node");
  }

  private void assertRow(String sql, String expected) {
    assertThat(String.join(" ", values(sql))).as(sql).isEqualTo(expected);
  }

  private long number(String sql, Object... arguments) {
    return Long.parseLong(values(sql, arguments).get(0));
  }

  /** Returns the values of all rows, one after the other. */
  private List<String> values(String sql, Object... arguments) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setObject(i + 1, arguments[i]);
      }
      List<String> values = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
            values.add(rows.getString(column));
          }
        }
      }
      return values;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
