package io.synchronik.it.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.impl.admin.json.RecordJson;
import io.synchronik.it.benchmarks.DashboardReads.Read;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What each read of the dashboard costs the database, and how long its answer is, in an application
 * with a week behind it. What is above the limits is marked.
 */
class DashboardBenchmark {
  private static final double SCALE =
      Double.parseDouble(System.getProperty("benchmark.scale", "1"));
  private static final int WARM_UP = 12;
  private static final int ROUNDS = 3;
  private static final double MOST_MILLIS = 10;
  private static final long MOST_PAGES = 10_000;
  private static final int MOST_BYTES = 60_000;

  /** A read, measured: the best of its rounds. */
  private record Measured(String name, Statements.Taken taken, int bytes) {
    String marks() {
      StringBuilder marks = new StringBuilder();
      mark(marks, "ms", taken.millis() > MOST_MILLIS);
      mark(marks, "pages", taken.pages() > MOST_PAGES);
      mark(marks, "bytes", bytes > MOST_BYTES);
      return marks.toString();
    }

    private static void mark(StringBuilder marks, String what, boolean above) {
      if (above) {
        marks.append(marks.isEmpty() ? "above: " : ", ").append(what);
      }
    }
  }

  @Test
  void readsOfADashboard() throws Exception {
    PostgresServer server = PostgresServer.durable();
    List<Measured> measured = new ArrayList<>();
    DashboardData data;
    try (Statements statements = Statements.countedBy(server);
        Database database = statements.create("dashboard")) {
      database.execute("alter database " + database.name() + " set jit = off");
      try (Node node = DashboardNode.start(database)) {
        DashboardNode.work(node);
      }
      data = new DashboardData(database, SCALE);
      data.fill();
      try (Node node = DashboardNode.start(database)) {
        for (Read read : DashboardReads.of(node.manager(), database)) {
          measured.add(measure(database, read));
        }
      }
    }
    print(server, data, measured);
    assertThat(measured).isNotEmpty();
  }

  private static Measured measure(Database database, Read read) throws Exception {
    Object answer = null;
    for (int i = 0; i < WARM_UP; i++) {
      answer = read.ask().call();
    }
    List<Statements.Taken> rounds = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      Statements.forget(database);
      read.ask().call();
      rounds.add(Statements.taken(database));
    }
    rounds.sort(Comparator.comparing(Statements.Taken::millis));
    int bytes =
        answer instanceof Record json
            ? RecordJson.write(json).getBytes(StandardCharsets.UTF_8).length
            : 0;
    return new Measured(read.name(), rounds.get(0), bytes);
  }

  private static void print(PostgresServer server, DashboardData data, List<Measured> measured)
      throws Exception {
    Table table = new Table();
    ItemRace.head(table, server, "Reads of the dashboard");
    table
        .line(data.size())
        .line(
            "JIT off; best of %d after %d as warm-up; limits: %s ms, %,d pages, %,d bytes"
                .formatted(ROUNDS, WARM_UP, Table.number(MOST_MILLIS), MOST_PAGES, MOST_BYTES))
        .line("")
        .row("", List.of("statements", "ms of SQL", "pages", "bytes"));
    for (Measured read : measured) {
      Statements.Taken taken = read.taken;
      table.row(
          read.name,
          List.of(
              "%,d".formatted(taken.statements()),
              Table.number(taken.millis()),
              "%,d".formatted(taken.pages()),
              "%,d".formatted(read.bytes),
              "  " + read.marks()));
    }
    System.out.println(table);
  }
}
