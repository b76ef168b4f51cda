package io.synchronik.it.benchmarks;

import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.PostgresServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Processes of ten workers that do nothing, against bare JDBC that does the same steps durably: the
 * same PostgreSQL, threads and connections, by turns in one JVM. The bare steps lock the run,
 * complete the item under its fence, write an event and insert the next item, in one commit.
 */
class ProcessBenchmark {
  static final int WORKERS = 10;
  static final int THREADS = 16;
  static final int IN_FLIGHT = 256;

  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 2);
  private static final Duration WARM_UP =
      Duration.ofSeconds(Integer.getInteger("benchmark.warm-up", 20));
  private static final Duration WINDOW =
      Duration.ofSeconds(Integer.getInteger("benchmark.seconds", 15));

  private enum Kind {
    SYNCHRONIK("Synchronik"),
    BARE("bare JDBC"),
    UPDATE("one update");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    private ProcessRunner start(Database database, boolean parallel, Tally tally) throws Exception {
      return switch (this) {
        case SYNCHRONIK -> SynchronikProcesses.start(database, parallel, tally);
        case BARE -> BareSteps.start(database, parallel, tally);
        case UPDATE -> BareUpdates.start(database, tally);
      };
    }
  }

  private record Round(Kind kind, Usage usage) {
    double processesPerSecond() {
      return usage.runsPerSecond() / WORKERS;
    }
  }

  @Test
  void sequentialAndParallel() throws Exception {
    PostgresServer server = PostgresServer.durable();
    Table table = new Table();
    table
        .line("")
        .line("Processes of " + WORKERS + " workers that do nothing, and bare JDBC")
        .line(Machine.description());
    try (Database database = server.create("settings")) {
      table.line(Machine.description(database));
    }
    table.line(
        "%d threads, %d processes at once; windows of %d s after %d s of warm-up"
            .formatted(THREADS, IN_FLIGHT, WINDOW.toSeconds(), WARM_UP.toSeconds()));
    for (boolean parallel : new boolean[] {false, true}) {
      List<Round> rounds = new ArrayList<>();
      for (int i = 0; i < ROUNDS; i++) {
        for (Kind kind : Kind.values()) {
          rounds.add(measure(server, kind, parallel));
        }
      }
      print(table, parallel, rounds);
    }
    idle(server, table);
    System.out.println(table);
  }

  private static Round measure(PostgresServer server, Kind kind, boolean parallel)
      throws Exception {
    Tally tally = new Tally();
    try (Database database = server.create(kind.name())) {
      database.execute("checkpoint");
      try (ProcessRunner runner = kind.start(database, parallel, tally)) {
        TimeUnit.NANOSECONDS.sleep(WARM_UP.toNanos());
        Usage before = Usage.now(database, tally);
        TimeUnit.NANOSECONDS.sleep(WINDOW.toNanos());
        Usage usage = Usage.now(database, tally).since(before);
        runner.stop();
        return new Round(kind, usage);
      }
    }
  }

  private static void print(Table table, boolean parallel, List<Round> rounds) {
    table
        .line("")
        .line(parallel ? "Parallel" : "Sequential")
        .row("", rounds, round -> round.kind.label)
        .row("processes per second", rounds, r -> Table.number(r.processesPerSecond()))
        .row("workers per second", rounds, r -> Table.number(r.usage.runsPerSecond()))
        .row(
            "commits per worker",
            rounds,
            r -> Table.number(r.usage.commits() / (double) r.usage.runs()))
        .row(
            "WAL bytes per worker",
            rounds,
            r -> Table.number(r.usage.walBytes() / (double) r.usage.runs()))
        .row("cores used by this JVM", rounds, r -> Table.number(r.usage.jvmCores()))
        .row("cores used by PostgreSQL", rounds, r -> Table.number(r.usage.postgresCores()))
        .row("cores used by others", rounds, r -> Table.number(r.usage.otherCores()))
        .line(ratio(rounds, Kind.BARE) + " (aim: 0.7)")
        .line(ratio(rounds, Kind.UPDATE));
  }

  private static String ratio(List<Round> rounds, Kind other) {
    return String.format(
        Locale.ROOT,
        "Synchronik / %s: %.2f",
        other.label,
        mean(rounds, Kind.SYNCHRONIK) / mean(rounds, other));
  }

  private static double mean(List<Round> rounds, Kind kind) {
    return rounds.stream()
        .filter(round -> round.kind == kind)
        .mapToDouble(Round::processesPerSecond)
        .average()
        .orElseThrow();
  }

  private static void idle(PostgresServer server, Table table) throws Exception {
    try (Database database = server.create("idle")) {
      List<Long> nanos = SynchronikProcesses.gaps(database);
      table
          .line("")
          .line("One sequential process at a time: from a worker's end to its successor's start")
          .line("p50, ms: " + Table.number(at(nanos, 0.50)))
          .line("p99, ms (aim: 20): " + Table.number(at(nanos, 0.99)))
          .line("longest, ms: " + Table.number(at(nanos, 1)));
    }
  }

  private static double at(List<Long> nanos, double share) {
    List<Long> sorted = nanos.stream().sorted().toList();
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1) / 1e6;
  }
}
