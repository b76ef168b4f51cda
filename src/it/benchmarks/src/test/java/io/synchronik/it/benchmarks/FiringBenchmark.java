package io.synchronik.it.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.PostgresServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * Repeating triggers with workers that do nothing, on Synchronik and on Quartz with its clustered
 * JDBC store: the same durable PostgreSQL, the same threads and connections, by turns in one JVM.
 * Synchronik lets runs of a unit overlap, as Quartz does by default, so that none is skipped.
 */
class FiringBenchmark {
  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 2);
  private static final Duration WARM_UP =
      Duration.ofSeconds(Integer.getInteger("benchmark.warm-up", 20));
  private static final Duration WINDOW =
      Duration.ofSeconds(Integer.getInteger("benchmark.seconds", 15));

  private enum Kind {
    QUARTZ("Quartz"),
    SYNCHRONIK("Synchronik");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    private Contender start(Database database, Load load, Tally tally) throws Exception {
      return switch (this) {
        case QUARTZ -> BareQuartz.start(database, load, tally);
        case SYNCHRONIK -> SynchronikNode.start(database, load, tally);
      };
    }
  }

  /**
   * One round of one contender.
   *
   * @param kind the contender
   * @param usage in the window
   * @param tally of all workers that ran, in the window or not
   * @param lost workers that ran and are not in the database
   */
  private record Round(Kind kind, Usage usage, Tally tally, long lost) {}

  @Test
  void saturatedAndLight() throws Exception {
    PostgresServer server = PostgresServer.durable();
    List<Round> saturated = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      for (Kind kind : Kind.values()) {
        saturated.add(measure(server, kind, Load.saturating()));
      }
    }
    List<Round> light = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      light.add(measure(server, kind, Load.light()));
    }

    Table table = new Table();
    head(table, server);
    saturated(table, saturated);
    light(table, light);
    System.out.println(table);

    assertThat(saturated).allSatisfy(round -> assertThat(round.lost).isZero());
    assertThat(light).allSatisfy(round -> assertThat(round.lost).isZero());
  }

  private static Round measure(PostgresServer server, Kind kind, Load load) throws Exception {
    Tally tally = new Tally();
    try (Database database = server.create(kind.label)) {
      database.execute("checkpoint");
      Usage usage;
      long recorded;
      try (Contender contender = kind.start(database, load, tally)) {
        awaitFirst(tally);
        TimeUnit.NANOSECONDS.sleep(WARM_UP.toNanos());
        tally.time();
        Usage before = Usage.now(database, tally);
        TimeUnit.NANOSECONDS.sleep(WINDOW.toNanos());
        usage = Usage.now(database, tally).since(before);
        contender.stop();
        recorded = contender.recorded();
      }
      return new Round(kind, usage, tally, tally.runs() - recorded);
    }
  }

  private static void awaitFirst(Tally tally) {
    Await.until(Duration.ofSeconds(30), () -> tally.runs() > 0);
  }

  private static void head(Table table, PostgresServer server) throws Exception {
    Load load = Load.saturating();
    table
        .line("")
        .line("Firings: Synchronik and bare Quartz with its clustered JDBC store")
        .line(Machine.description());
    try (Database database = server.create("settings")) {
      table.line(Machine.description(database));
    }
    table
        .line(
            "%d threads, %d connections; Quartz: batches of %d, acquired within the lock"
                .formatted(load.threads(), load.connections(), load.threads()))
        .line(
            "Workers do nothing; runs of a unit may overlap; windows of %d s after %d s of warm-up"
                .formatted(WINDOW.toSeconds(), WARM_UP.toSeconds()));
  }

  private static void saturated(Table table, List<Round> rounds) {
    table
        .line("")
        .line(Load.saturating().toString())
        .row("", rounds, round -> round.kind.label)
        .row("firings per second", rounds, figure(Usage::runsPerSecond))
        .row("commits per firing", rounds, figure(u -> u.commits() / (double) u.runs()))
        .row("WAL bytes per firing", rounds, figure(u -> u.walBytes() / (double) u.runs()))
        .row("cores used by this JVM", rounds, figure(Usage::jvmCores))
        .row("cores used by PostgreSQL", rounds, figure(Usage::postgresCores))
        .row("cores used by others", rounds, figure(Usage::otherCores))
        .row("workers that ran, warm-up and end included", rounds, r -> "" + r.tally.runs())
        .row("of those not in the database", rounds, round -> "" + round.lost)
        .line(
            String.format(
                Locale.ROOT,
                "Synchronik / Quartz: %.1f (aim: 10)",
                mean(rounds, Kind.SYNCHRONIK) / mean(rounds, Kind.QUARTZ)));
  }

  private static void light(Table table, List<Round> rounds) {
    table
        .line("")
        .line(Load.light().toString())
        .row("", rounds, round -> round.kind.label)
        .row("firings per second", rounds, figure(Usage::runsPerSecond))
        .row("due to first statement of worker, p50, ms", rounds, delay(0.50))
        .row("p99, ms (aim: 50)", rounds, delay(0.99))
        .row("longest, ms", rounds, delay(1))
        .row("cores used by this JVM", rounds, figure(Usage::jvmCores))
        .row("cores used by PostgreSQL", rounds, figure(Usage::postgresCores))
        .row("cores used by others", rounds, figure(Usage::otherCores))
        .row("of those not in the database", rounds, round -> "" + round.lost);
  }

  private static Function<Round, String> figure(ToDoubleFunction<Usage> figure) {
    return round -> Table.number(figure.applyAsDouble(round.usage));
  }

  private static Function<Round, String> delay(double share) {
    return round -> Table.number(round.tally.delay(share).toNanos() / 1e6);
  }

  private static double mean(List<Round> rounds, Kind kind) {
    return rounds.stream()
        .filter(round -> round.kind == kind)
        .mapToDouble(round -> round.usage.runsPerSecond())
        .average()
        .orElseThrow();
  }
}
