package io.synchronik.it.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.PostgresServer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a second node brings: the same items on one node and on two, each a JVM of its own, on the
 * same durable PostgreSQL. Items that wait show whether nodes hinder each other; those that do
 * nothing, whether two cost more than one where the machine is the limit.
 */
class NodesBenchmark {
  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 2);
  private static final int ITEMS = Integer.getInteger("benchmark.items", 200_000);
  private static final int WAITING = Integer.getInteger("benchmark.items.waiting", 10_000);
  private static final Duration WAIT = Duration.ofMillis(20);
  private static final int WARM_UP = 5;

  /**
   * One round.
   *
   * @param nodes how many
   * @param pause of each item
   * @param items of the run that was measured
   * @param perSecond from the first start to the last end, by the database's time
   * @param notDone items that have not ended well, or took more than one attempt
   * @param more how often an item was worked on beyond once, of the run and the warm-up
   * @param leastShare of a node in the items
   */
  private record Round(
      int nodes,
      Duration pause,
      int items,
      double perSecond,
      long notDone,
      long more,
      double leastShare) {}

  @Test
  void oneAndTwo() throws Exception {
    PostgresServer server = PostgresServer.durable();
    List<Round> waiting = new ArrayList<>();
    List<Round> busy = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      for (int nodes = 1; nodes <= 2; nodes++) {
        waiting.add(measure(server, nodes, WAIT, WAITING));
        busy.add(measure(server, nodes, Duration.ZERO, ITEMS));
      }
    }
    List<Round> rounds = new ArrayList<>(waiting);
    rounds.addAll(busy);
    Table table = new Table();
    ItemRace.head(table, server, "Items on one node and on two, each a JVM of its own");
    table
        .line(
            "%d threads and %d connections a node; a %dth of the items before, as warm-up"
                .formatted(ItemLoad.THREADS, ItemLoad.CONNECTIONS, WARM_UP))
        .line("")
        .row("nodes", rounds, round -> Integer.toString(round.nodes))
        .row("an item waits, ms", rounds, round -> Long.toString(round.pause.toMillis()))
        .row("items", rounds, round -> "%,d".formatted(round.items))
        .row("items per second", rounds, round -> Table.number(round.perSecond))
        .row("least share of a node", rounds, round -> Table.number(round.leastShare))
        .row("not done at the first attempt", rounds, round -> "%,d".formatted(round.notDone))
        .row("worked on again", rounds, round -> "%,d".formatted(round.more))
        .line("items that wait, two nodes / one: " + Table.number(gain(waiting)))
        .line("items that do nothing, two nodes / one: " + Table.number(gain(busy)));
    System.out.println(table);
    assertThat(rounds)
        .allSatisfy(
            round -> {
              assertThat(round.notDone).isZero();
              assertThat(round.more).isZero();
            });
  }

  /** Returns the ratio of the mean rates. */
  private static double gain(List<Round> rounds) {
    return mean(rounds, 2) / mean(rounds, 1);
  }

  private static double mean(List<Round> rounds, int nodes) {
    return rounds.stream()
        .filter(round -> round.nodes == nodes)
        .mapToDouble(Round::perSecond)
        .average()
        .orElseThrow();
  }

  private static Round measure(PostgresServer server, int count, Duration pause, int items)
      throws IOException, SQLException, InterruptedException {
    try (Database database = server.create("nodes")) {
      List<ForkedNode> nodes = new ArrayList<>();
      try {
        for (int i = 0; i < count; i++) {
          nodes.add(ForkedNode.fork(database, pause));
        }
        nodes.get(0).run(items / WARM_UP);
        database.execute("vacuum analyze");
        database.execute("checkpoint");
        String run = nodes.get(0).run(items);
        long worked = 0;
        for (ForkedNode node : nodes) {
          worked += node.end();
        }
        return round(database, run, count, pause, worked);
      } finally {
        nodes.forEach(ForkedNode::close);
      }
    }
  }

  private static Round round(Database database, String run, int nodes, Duration pause, long worked)
      throws SQLException {
    List<?> row =
        database
            .rows(
                """
                select count(*), count(*) filter (where i.state <> 'completed' or attempt <> 1),
                  extract(epoch from max(i.ended_at) - min(i.started_at))::float8
                from sk_item i join sk_item_set s on s.app = i.app and s.id = i.item_set
                where s.run = ?
                """,
                run)
            .get(0);
    int items = ((Long) row.get(0)).intValue();
    double share =
        database.number(
                """
                select case when count(*) < ? then 0 else min(n) end from (
                  select count(*) n from sk_item i
                  join sk_item_set s on s.app = i.app and s.id = i.item_set
                  where s.run = ? group by i.node) each
                """,
                nodes,
                run)
            / (double) items;
    return new Round(
        nodes,
        pause,
        items,
        items / (Double) row.get(2),
        (Long) row.get(1),
        worked - database.number("select count(*) from sk_item"),
        share);
  }
}
