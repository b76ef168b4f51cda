package io.synchronik.it.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.PostgresServer;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * How fast items are enqueued by one thread: by COPY, by batches, by what the rivals have for many
 * at once, by the enumeration of a worker of Synchronik and by callers of it. Nothing works them
 * off meanwhile. With {@code -DargLine=-Xmx256m} it shows that no more heap is needed.
 */
class EnqueueBenchmark {
  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 2);
  private static final int ITEMS = Integer.getInteger("benchmark.items", 1_000_000);
  private static final int WARM_UP = Integer.getInteger("benchmark.items.warm-up", 10);
  private static final double MIB = 1024 * 1024;

  private interface Enqueuing {
    void enqueue(int items) throws Exception;
  }

  private record Round(String label, int items, Usage usage, long statements, double heapMib) {
    double perSecond() {
      return items / usage.seconds();
    }

    double perThousand(double number) {
      return 1000 * number / items;
    }

    /** Returns the processor time per item, of so many cores meanwhile. */
    double micros(double cores) {
      return 1e6 * cores / perSecond();
    }
  }

  @Test
  void many() throws Exception {
    PostgresServer server = PostgresServer.durable();
    List<Round> rounds = new ArrayList<>();
    Table table = new Table();
    try (Statements counted = Statements.countedBy(server)) {
      round(counted, ITEMS / WARM_UP, WARM_UP);
      for (int i = 0; i < ROUNDS; i++) {
        rounds.addAll(round(counted, ITEMS, 1));
      }
      ItemRace.head(table, server, "Items enqueued by one thread");
    }
    table
        .line("")
        .row("", rounds, Round::label)
        .row("items", rounds, round -> String.format(Locale.ROOT, "%,d", round.items))
        .row("items per second", rounds, round -> Table.number(round.perSecond()));
    for (Yardstick yardstick : Yardstick.values()) {
      table.row(
          "of " + yardstick.label() + " in the same round",
          rounds,
          round -> Table.number(round.perSecond() / beside(rounds, round, yardstick).perSecond()));
    }
    table
        .row(
            "statements per 1,000 items",
            rounds,
            round -> Table.number(round.perThousand((double) round.statements)))
        .row(
            "WAL bytes per item",
            rounds,
            round -> Table.number(round.usage.walBytes() / (double) round.items))
        .row(
            "JVM's processor time per item, µs",
            rounds,
            round -> Table.number(round.micros(round.usage.jvmCores())))
        .row(
            "PostgreSQL's, µs",
            rounds,
            round -> Table.number(round.micros(round.usage.postgresCores())))
        .row("cores used by others", rounds, round -> Table.number(round.usage.otherCores()))
        .row("heap used at most, MiB", rounds, round -> Table.number(round.heapMib));
    System.out.println(table);
  }

  private static Round beside(List<Round> rounds, Round round, Yardstick yardstick) {
    int each = rounds.size() / ROUNDS;
    int first = rounds.indexOf(round) / each * each;
    return rounds.subList(first, first + each).stream()
        .filter(other -> other.label.equals(yardstick.label()))
        .findFirst()
        .orElseThrow();
  }

  private static List<Round> round(Statements counted, int items, int fraction) throws Exception {
    List<Round> rounds = new ArrayList<>();
    for (Yardstick yardstick : Yardstick.values()) {
      try (Database database = counted.create(yardstick.name())) {
        yardstick.prepare(database);
        try (Connection connection = database.connect()) {
          rounds.add(
              measure(
                  yardstick.label(),
                  database,
                  items,
                  count -> yardstick.enqueue(connection, count)));
        }
      }
    }
    for (ItemKind kind : ItemKind.chosen()) {
      // Chunks are enqueued as other items of Synchronik are
      if (kind != ItemKind.SYNCHRONIK_CHUNKS) {
        int share = Math.min(items, kind.share(ITEMS) / fraction);
        try (Database database = counted.create(kind.name())) {
          rounds.add(
              measure(
                  kind.label(),
                  database,
                  kind.open(database, new ItemLoad(share, false), new Items(share)),
                  share));
        }
      }
      if (kind == ItemKind.SYNCHRONIK) {
        try (Database database = counted.create("added")) {
          rounds.add(measure("by callers", database, AddedItems.open(database), items));
        }
      }
    }
    return rounds;
  }

  private static Round measure(String label, Database database, ItemContender contender, int items)
      throws Exception {
    try {
      Round round = measure(label, database, items, contender::enqueue);
      assertThat(contender.recorded(items).cardinality()).isZero();
      return round;
    } finally {
      contender.stop();
    }
  }

  private static Round measure(String label, Database database, int items, Enqueuing enqueuing)
      throws Exception {
    database.execute("checkpoint");
    long statements = Statements.executed(database);
    Tally none = new Tally();
    System.gc();
    heaps().forEach(MemoryPoolMXBean::resetPeakUsage);
    Usage before = Usage.now(database, none);
    enqueuing.enqueue(items);
    Usage usage = Usage.now(database, none).since(before);
    double heap = heaps().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() / MIB;
    return new Round(label, items, usage, Statements.executed(database) - statements, heap);
  }

  private static List<MemoryPoolMXBean> heaps() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }
}
