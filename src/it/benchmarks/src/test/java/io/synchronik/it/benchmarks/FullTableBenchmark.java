package io.synchronik.it.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.PostgresServer;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemPolicy;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemStatistics;
import io.synchronik.item.ItemWork;
import io.synchronik.run.RunHandle;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Whether a node works slowly on a run of which many items have ended already: the same items that
 * do nothing in a table of them alone and in a full one, by turns. The rows are written by SQL,
 * those of a round in one transaction, and found by the node's loop.
 */
class FullTableBenchmark {
  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 2);
  private static final int FINISHED = Integer.getInteger("benchmark.finished", 10_000_000);
  private static final int READY = Integer.getInteger("benchmark.ready", 1_000_000);
  private static final int WARM_UP = Integer.getInteger("benchmark.items.warm-up", 20_000);
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final String WORKER = "item";

  private record Round(int finished, double tableMib, double perSecond, Usage usage) {}

  @Test
  void amongFinishedOnes() throws Exception {
    PostgresServer server = PostgresServer.durable();
    List<Round> rounds = new ArrayList<>();
    try (Subject few = Subject.open(server, 0);
        Subject many = Subject.open(server, FINISHED)) {
      few.work(WARM_UP);
      many.work(WARM_UP);
      for (int i = 0; i < ROUNDS; i++) {
        rounds.add(few.work(READY / ROUNDS));
        rounds.add(many.work(READY / ROUNDS));
      }
    }
    Table table = new Table();
    ItemRace.head(table, server, "Items that do nothing among items that have ended");
    table
        .line(
            "%,d items a round, %d threads; after %,d as warm-up; what a round has left in the"
                    .formatted(READY / ROUNDS, ItemLoad.THREADS, WARM_UP)
                + " table of its items alone is deleted")
        .line("")
        .row("items that have ended", rounds, round -> "%,d".formatted(round.finished))
        .row("size of the table and its indexes, MiB", rounds, r -> Table.number(r.tableMib))
        .row("items per second", rounds, round -> Table.number(round.perSecond))
        .row(
            "PostgreSQL's processor time per item, µs",
            rounds,
            r -> Table.number(1e6 * r.usage.postgresCores() / r.usage.runsPerSecond()))
        .row("cores used by others", rounds, round -> Table.number(round.usage.otherCores()))
        .line(
            "mean rate among %,d / among none: %s"
                .formatted(FINISHED, Table.number(mean(rounds, FINISHED) / mean(rounds, 0))));
    System.out.println(table);
  }

  private static double mean(List<Round> rounds, int finished) {
    return rounds.stream()
        .filter(round -> round.finished == finished)
        .mapToDouble(Round::perSecond)
        .average()
        .orElseThrow();
  }

  /** A database with a node and a run that stays open. */
  private static final class Subject implements AutoCloseable {
    private final Database database;
    private final int finished;
    private final Counting work = new Counting();
    private final Node node;
    private final RunHandle run;

    private Subject(Database database, int finished) {
      this.database = database;
      this.finished = finished;
      node =
          Node.on(database)
              .connections(ItemLoad.CONNECTIONS)
              .withoutXa()
              .setting("synchronik.workers", Integer.toString(ItemLoad.THREADS))
              .start();
      node.manager().registerUnit(ItemSource.worker(WORKER, Integer.class, work));
      run = node.manager().runWorkerById(WORKER);
      Await.until(PATIENCE, this::isActive);
    }

    private boolean isActive() {
      try {
        return database.number("select count(*) from sk_item_set where state = 'active'") == 1;
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    static Subject open(PostgresServer server, int finished) throws SQLException {
      Subject opened = new Subject(server.create("full"), finished);
      opened.write("completed", finished);
      return opened;
    }

    /** Lets so many items be worked off. */
    Round work(int items) throws Exception {
      if (finished == 0) {
        database.execute("delete from sk_item");
      }
      database.execute("vacuum");
      database.execute("checkpoint");
      work.items = new Items(items);
      write("ready", items);
      Usage before = Usage.now(database, work.items.tally());
      work.items.await(PATIENCE);
      Usage usage = Usage.now(database, work.items.tally()).since(before);
      assertThat(work.items.ran().cardinality()).isEqualTo(items);
      assertThat(work.items.twice()).isZero();
      double mib = database.number("select pg_total_relation_size('sk_item')") / (1024.0 * 1024);
      Await.until(PATIENCE, () -> statistics().completed() == statistics().total());
      return new Round(finished, mib, work.items.perSecond(), usage);
    }

    private ItemStatistics statistics() {
      return node.manager().items().findRun(run.id().value()).orElseThrow().statistics();
    }

    /** Writes items that are numbered from 0, as payloads, and lets the planner know of them. */
    private void write(String state, int items) throws SQLException {
      boolean ready = state.equals("ready");
      try (Connection connection = database.connect();
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.executeUpdate(
            ready
                ? rows("ready", 0, "null", "null", items)
                : rows("completed", 1, "'node'", "now()", items));
        statement.executeUpdate(
            """
            insert into sk_item_count
              (app, item_set, slot, initialized, started, completed, failed, canceled)
            select app, id, -1 - (select count(*) from sk_item_count), %d, 0, %d, 0, 0
            from sk_item_set
            """
                .formatted(ready ? items : 0, ready ? 0 : items));
        statement.execute("analyze sk_item");
        connection.commit();
      }
    }

    private static String rows(String state, int attempts, String node, String at, int items) {
      return """
      insert into sk_item (app, item_set, n, state, priority, attempt, losses, fence,
        enumeration, node, started_at, ended_at, payload)
      select s.app, s.id, (select coalesce(max(n), 0) from sk_item) + 1 + n, '%s', 0, %d, 0, %d,
        0, %s, %s, %s, n
      from sk_item_set s cross join generate_series(0, %d) n
      """
          .formatted(state, attempts, attempts, node, at, at, items - 1);
    }

    @Override
    public void close() {
      node.close();
      database.close();
    }
  }

  /** Counts in what the round at hand has. */
  private static final class Counting implements ItemWork<Integer, Void> {
    private volatile Items items = new Items(0);

    @Override
    public Void process(Integer number, ItemContext item) {
      items.ran(number);
      return null;
    }

    @Override
    public ItemPolicy policy() {
      return ItemPolicy.continueOnFailure();
    }
  }
}
