package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemPolicy;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.item.NewItem;
import io.synchronik.schedule.Overlap;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** Workers with items: one row for each transactional item, or it is wrong. */
final class Bills {
  /** Id of the worker whose items are transactional; the payload of its runs is their number. */
  static final String BILL = "bill";

  /** Id of the worker whose items do nothing. */
  static final String LIST = "list";

  /** Id of the worker of which only few items are worked on at once. */
  static final String FEW = "few";

  /** One in so many bills waits at the gate. */
  private static final int HELD = 50;

  /** Enumerations of lists wait here in their middle, and some bills before they are written. */
  static volatile CountDownLatch gate = new CountDownLatch(0);

  private Bills() {}

  /** Inserts a row for each item. */
  @Worker(id = BILL, overlap = Overlap.ALLOW, maxRetries = 20, retryDelay = "10ms")
  static class Bill implements ItemWork<Integer, String> {
    @Inject DataSource dataSource;

    @Override
    public void enumerate(Items<Integer> items, RunContext run) {
      IntStream.range(0, run.payload(Integer.class)).forEach(items::add);
    }

    @Override
    @Transactional
    public String process(Integer number, ItemContext item)
        throws SQLException, InterruptedException {
      if (number % HELD == 0) {
        gate.await();
      }
      try (Connection connection = dataSource.getConnection();
          PreparedStatement insert =
              connection.prepareStatement("insert into bill (run, number) values (?, ?)")) {
        insert.setString(1, item.run().value());
        insert.setInt(2, number);
        insert.executeUpdate();
      }
      return "billed " + number;
    }

    @Override
    public ItemPolicy policy() {
      return ItemPolicy.continueOnFailure();
    }
  }

  /** All its items wait at the gate; three at once on all nodes, two on each. */
  @Worker(
      id = FEW,
      concurrency = 3,
      nodeConcurrency = 2,
      overlap = Overlap.ALLOW,
      maxRetries = 20,
      retryDelay = "10ms")
  static class Few implements ItemWork<Integer, Integer> {
    @Override
    public void enumerate(Items<Integer> items, RunContext run) {
      int all = run.payload(Integer.class);
      IntStream.range(0, all)
          .forEach(i -> items.add(i % 2 == 0 ? NewItem.of(i) : NewItem.of(i).withMutex("odd")));
    }

    @Override
    public Integer process(Integer number, ItemContext item) throws InterruptedException {
      gate.await();
      return number;
    }
  }

  /** Does nothing with its items. */
  @Worker(id = LIST, overlap = Overlap.ALLOW, maxRetries = 20, retryDelay = "10ms")
  static class Listed implements ItemWork<Integer, Integer> {
    @Override
    public void enumerate(Items<Integer> items, RunContext run) throws InterruptedException {
      int all = run.payload(Integer.class);
      IntStream.range(0, all / 2).forEach(items::add);
      gate.await();
      IntStream.range(all / 2, all).forEach(items::add);
    }

    @Override
    public Integer process(Integer number, ItemContext item) {
      return number;
    }
  }

  /** Creates the table; nothing in it keeps an item from being there twice. */
  static void createTable(Database database) throws SQLException {
    database.execute("create table bill (run varchar(40), number integer)");
  }

  /** Checks that all runs have completed with so many items each, and that all adds up. */
  static void check(Database database, long runs, int items) throws SQLException {
    Await.until(
        Probe.PATIENCE,
        () -> number(database, "select count(*) from sk_item_set where state <> 'closed'") == 0);
    assertThat(number(database, "select count(*) from sk_run where state = 'completed'"))
        .isEqualTo(runs);
    assertThat(
            database.rows(
                "select s.run, count(*), count(distinct i.payload) from sk_item_set s"
                    + " join sk_item i on i.item_set = s.id and i.state = 'completed'"
                    + " group by s.run having count(*) <> "
                    + items
                    + " or count(distinct i.payload) <> "
                    + items))
        .isEmpty();
    assertThat(number(database, "select count(*) from sk_item")).isEqualTo(runs * items);
    assertThat(
            database.rows(
                "select item_set, sum(initialized), sum(started), sum(completed), sum(failed),"
                    + " sum(canceled) from sk_item_count group by item_set"
                    + " having sum(initialized) <> 0 or sum(started) <> 0 or sum(completed) <> "
                    + items
                    + " or sum(failed) <> 0 or sum(canceled) <> 0"))
        .isEmpty();
    assertThat(
            database.rows(
                "select run, number, count(*) from bill group by run, number having count(*) > 1"))
        .isEmpty();
    assertThat(number(database, "select count(*) from bill"))
        .isEqualTo(
            number(
                database,
                "select count(*) from sk_item i join sk_item_set s on s.id = i.item_set"
                    + " where s.unit = 'bill'"));
    for (String type : List.of("start", "complete")) {
      assertThat(number(database, "select count(*) from sk_event where type = '" + type + "'"))
          .isEqualTo(runs);
    }
  }

  static long number(Database database, String sql) {
    try {
      return database.number(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
