package io.synchronik.it.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Whether claims become slow among many items that have ended: one thread that claims batch after
 * batch, each a transaction, from a table that holds only what is ready and from a full one.
 */
class ClaimBenchmark {
  private static final int FINISHED = Integer.getInteger("benchmark.finished", 10_000_000);
  private static final int READY = Integer.getInteger("benchmark.ready", 1_000_000);
  private static final int BATCH = Integer.getInteger("benchmark.batch", 500);
  private static final int CLAIMS = Integer.getInteger("benchmark.claims", 400);
  private static final int WARM_UP = CLAIMS / 10;

  private record Round(
      BareTable table, int finished, double tableMib, double indexMib, List<Double> millis) {
    double at(double share) {
      return millis.get((int) Math.ceil(share * millis.size()) - 1);
    }

    double itemsPerSecond() {
      return BATCH
          * 1000.0
          * millis.size()
          / millis.stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  @Test
  void amongFinishedOnes() throws Exception {
    assertThat(CLAIMS * BATCH).isLessThanOrEqualTo(READY);
    PostgresServer server = PostgresServer.durable();
    List<Round> rounds = new ArrayList<>();
    for (BareTable shape : BareTable.values()) {
      rounds.addAll(measure(server, shape));
    }
    Table table = new Table();
    ItemRace.head(table, server, "Claims among items that have ended");
    table
        .line(
            "%,d ready items; %d claims of %d, of which %d as warm-up; fillfactor %d"
                .formatted(READY, CLAIMS, BATCH, WARM_UP, BareTable.FILLFACTOR))
        .line("")
        .row("", rounds, r -> r.table == BareTable.ONE ? "one table" : "ready apart")
        .row("items that have ended", rounds, round -> "%,d".formatted(round.finished))
        .row("size of the tables, MiB", rounds, round -> Table.number(round.tableMib))
        .row("size of the indexes, MiB", rounds, round -> Table.number(round.indexMib))
        .row("claimed per second", rounds, round -> Table.number(round.itemsPerSecond()))
        .row("a claim, p50, ms", rounds, round -> Table.number(round.at(0.50)))
        .row("p99, ms", rounds, round -> Table.number(round.at(0.99)))
        .row("longest, ms", rounds, round -> Table.number(round.at(1)));
    for (int i = 0; i < rounds.size(); i += 2) {
      table.line(
          "p50 among %,d / p50 among none: %s"
              .formatted(
                  FINISHED, Table.number(rounds.get(i + 1).at(0.50) / rounds.get(i).at(0.50))));
    }
    System.out.println(table);
  }

  /** By turns, so that what else the machine does falls on both alike. */
  private static List<Round> measure(PostgresServer server, BareTable shape) throws SQLException {
    try (Database few = server.create("few");
        Database many = server.create("many")) {
      fill(few, shape, 0);
      fill(many, shape, FINISHED);
      List<Double> ofFew = new ArrayList<>();
      List<Double> ofMany = new ArrayList<>();
      try (Connection toFew = few.connect();
          PreparedStatement fromFew = shape.claim(toFew, BATCH);
          Connection toMany = many.connect();
          PreparedStatement fromMany = shape.claim(toMany, BATCH)) {
        for (int i = 0; i < CLAIMS; i++) {
          double millisFew = claim(fromFew);
          double millisMany = claim(fromMany);
          if (i >= WARM_UP) {
            ofFew.add(millisFew);
            ofMany.add(millisMany);
          }
        }
      }
      return List.of(round(few, shape, 0, ofFew), round(many, shape, FINISHED, ofMany));
    }
  }

  private static Round round(Database database, BareTable shape, int finished, List<Double> millis)
      throws SQLException {
    return new Round(
        shape,
        finished,
        mib(database, "sum(pg_table_size(c.oid)) from pg_class c where relkind = 'r'"),
        mib(database, "sum(pg_table_size(c.oid)) from pg_class c where relkind = 'i'"),
        millis.stream().sorted().toList());
  }

  private static double mib(Database database, String sizes) throws SQLException {
    return database.number(
            "select (select " + sizes + " and relnamespace = 'public'::regnamespace)::bigint")
        / (1024.0 * 1024);
  }

  private static void fill(Database database, BareTable table, int finished) throws SQLException {
    BareTable.createTable(database);
    database.execute(
        """
        insert into item (app, item_set, n, state, priority, attempt, fence, payload, result,
          started_at, ended_at)
        select ?, 1, n, 'completed', 0, 1, 1, '{"order":' || n || '}', '{"sent":true}', now(), now()
        from generate_series(0, ?::integer - 1) n
        """,
        BareTable.APPLICATION,
        finished);
    database.execute(
        """
        insert into item (app, item_set, n, state, priority, payload)
        select ?, 1, n, 'ready', 0, '{"order":' || n || '}'
        from generate_series(?::integer, ?::integer - 1) n
        """,
        BareTable.APPLICATION,
        finished,
        finished + READY);
    table.createIndexes(database);
    if (table == BareTable.READY_APART) {
      database.execute(
          "insert into ready (app, item_set, n, priority)"
              + " select app, item_set, n, priority from item where state = 'ready' order by n");
    }
    database.execute("vacuum analyze");
    database.execute("checkpoint");
  }

  /** Claims a batch; returns how long that took in milliseconds. */
  private static double claim(PreparedStatement statement) throws SQLException {
    long began = System.nanoTime();
    int claimed = 0;
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        claimed++;
      }
    }
    assertThat(claimed).isEqualTo(BATCH);
    return (System.nanoTime() - began) / 1e6;
  }
}
