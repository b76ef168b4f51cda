package io.synchronik.it.benchmarks;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.PostgresServer;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemWork;
import io.synchronik.item.NewItem;
import io.synchronik.run.RunHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * How soon an item is worked on by a node that has nothing else to do: one item at a time is added
 * by a transaction, on the node that works on it or on another one, which does not know its worker.
 * Both nodes are engines of their own in one JVM, so that one clock tells the time.
 */
class PickUpBenchmark {
  private static final int ITEMS = Integer.getInteger("benchmark.items", 500);
  private static final int WARM_UP = Integer.getInteger("benchmark.items.warm-up", 100);
  private static final int MOST_IDLE_MILLIS = Integer.getInteger("benchmark.idle", 60);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String WORKER = "item";

  /** Times of one way, in milliseconds. */
  private record Way(String label, List<Double> commits, List<Double> pickUps) {
    static double at(double share, List<Double> millis) {
      return millis.stream()
          .sorted()
          .skip((long) Math.ceil(share * millis.size()) - 1)
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void hereAndThere() throws Exception {
    PostgresServer server = PostgresServer.durable();
    List<Way> ways = new ArrayList<>();
    try (Database database = server.create("pick-up")) {
      BlockingQueue<Long> begun = new LinkedBlockingQueue<>();
      ItemWork<Integer, Void> work =
          (number, item) -> {
            begun.add(System.nanoTime());
            return null;
          };
      try (Node here = node(database).start()) {
        here.manager().registerUnit(ItemSource.worker(WORKER, Integer.class, work));
        RunHandle run = here.manager().runWorkerById(WORKER);
        Await.until(PATIENCE, () -> open(here, run));
        ways.add(measure("it, alone", here, run, begun));
        try (Node there = node(database).start()) {
          // Each must have seen the other before it tells or listens
          TimeUnit.SECONDS.sleep(3);
          ways.add(measure("it, of two", here, run, begun));
          ways.add(measure("the other", there, run, begun));
        }
      }
    }
    Table table = new Table();
    ItemRace.head(table, server, "From the commit of one item to the start of its work");
    table
        .line(
            "%d items each, after %d as warm-up; up to %d ms between them"
                .formatted(ITEMS, WARM_UP, MOST_IDLE_MILLIS))
        .line("Counted from the call of the commit; two engines in one JVM, defaults otherwise")
        .line("")
        .row("the node that works on it gets it from", ways, Way::label)
        .row("the commit itself, p50, ms", ways, way -> Table.number(Way.at(0.5, way.commits)))
        .row("p99, ms", ways, way -> Table.number(Way.at(0.99, way.commits)))
        .row("start of the work, p50, ms", ways, way -> Table.number(Way.at(0.5, way.pickUps)))
        .row("p99, ms", ways, way -> Table.number(Way.at(0.99, way.pickUps)))
        .row("longest, ms", ways, way -> Table.number(Way.at(1, way.pickUps)));
    System.out.println(table);
  }

  private static NodeBuilder node(Database database) {
    return Node.on(database)
        .connections(ItemLoad.CONNECTIONS)
        .withoutXa()
        .setting("synchronik.workers", Integer.toString(ItemLoad.THREADS));
  }

  private static boolean open(Node node, RunHandle run) {
    return node.manager().items().findRun(run.id().value()).map(view -> view.open()).orElse(false);
  }

  private static Way measure(String label, Node adding, RunHandle run, BlockingQueue<Long> begun)
      throws Exception {
    List<Double> commits = new ArrayList<>();
    List<Double> pickUps = new ArrayList<>();
    Random idle = new Random(1);
    for (int i = -WARM_UP; i < ITEMS; i++) {
      TimeUnit.MILLISECONDS.sleep(1 + idle.nextInt(MOST_IDLE_MILLIS));
      NewItem<Integer> item = NewItem.of(i);
      long[] commit = new long[1];
      adding.inTransaction(
          () -> {
            adding.manager().items().add(run.id().value(), List.of(item));
            commit[0] = System.nanoTime();
          });
      long committed = System.nanoTime();
      Long start = begun.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (start == null) {
        throw new IllegalStateException("An item was not worked on within " + PATIENCE);
      }
      if (i >= 0) {
        commits.add((committed - commit[0]) / 1e6);
        pickUps.add((start - commit[0]) / 1e6);
      }
    }
    return new Way(label, commits, pickUps);
  }
}
