package io.synchronik.it.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * How fast items are enqueued by one thread: by COPY, which nothing beats, by inserts of arrays,
 * and by what the rivals have for many at once. Nothing works them off meanwhile.
 */
class EnqueueBenchmark {
  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 2);
  private static final int ITEMS = Integer.getInteger("benchmark.items", 1_000_000);
  private static final int WARM_UP = Integer.getInteger("benchmark.items.warm-up", 10);
  private static final int COPY_BUFFER = 64 * 1024;

  private interface Enqueuing {
    void enqueue(int items) throws Exception;
  }

  private record Round(String label, int items, Usage usage, long statements) {
    double perSecond() {
      return items / usage.seconds();
    }

    double perThousand(double number) {
      return 1000 * number / items;
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
        .row("items per second", rounds, round -> Table.number(round.perSecond()))
        .row(
            "of COPY in the same round",
            rounds,
            round -> Table.number(round.perSecond() / copy(rounds, round).perSecond()))
        .row(
            "statements per 1,000 items",
            rounds,
            round -> Table.number(round.perThousand((double) round.statements)))
        .row(
            "WAL bytes per item",
            rounds,
            round -> Table.number(round.usage.walBytes() / (double) round.items))
        .row("cores used by this JVM", rounds, round -> Table.number(round.usage.jvmCores()));
    System.out.println(table);
  }

  private static Round copy(List<Round> rounds, Round round) {
    int each = rounds.size() / ROUNDS;
    return rounds.get(rounds.indexOf(round) / each * each);
  }

  private static List<Round> round(Statements counted, int items, int fraction) throws Exception {
    List<Round> rounds = new ArrayList<>();
    try (Database database = counted.create("copy")) {
      BareTable.ONE.create(database);
      rounds.add(measure("COPY", database, items, count -> copy(database, count)));
      assertThat(database.number("select count(*) from item")).isEqualTo(items);
    }
    for (ItemKind kind : ItemKind.chosen()) {
      int share = Math.min(items, kind.share(ITEMS) / fraction);
      try (Database database = counted.create(kind.name())) {
        ItemContender contender = kind.open(database, new ItemLoad(share, false), new Items(share));
        try {
          rounds.add(measure(kind.label(), database, share, contender::enqueue));
        } finally {
          contender.stop();
        }
        assertThat(contender.recorded(share).cardinality()).isZero();
      }
    }
    return rounds;
  }

  private static Round measure(String label, Database database, int items, Enqueuing enqueuing)
      throws Exception {
    database.execute("checkpoint");
    long statements = Statements.executed(database);
    Tally none = new Tally();
    Usage before = Usage.now(database, none);
    enqueuing.enqueue(items);
    Usage usage = Usage.now(database, none).since(before);
    return new Round(label, items, usage, Statements.executed(database) - statements);
  }

  private static void copy(Database database, int items) throws Exception {
    try (Connection connection = database.connect();
        PGCopyOutputStream rows =
            new PGCopyOutputStream(
                connection.unwrap(PGConnection.class),
                "copy item (app, item_set, n, state, priority, payload) from stdin",
                COPY_BUFFER)) {
      for (int item = 0; item < items; item++) {
        String row =
            BareTable.APPLICATION
                + "\t1\t"
                + item
                + "\tready\t0\t"
                + BareTable.payload(item)
                + "\n";
        rows.write(row.getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
