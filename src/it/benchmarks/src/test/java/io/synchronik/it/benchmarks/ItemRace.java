package io.synchronik.it.benchmarks;

import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** All contenders by turns in one JVM, on the same durable PostgreSQL, and the table of it. */
final class ItemRace {
  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 2);
  private static final int ITEMS = Integer.getInteger("benchmark.items", 200_000);
  private static final int WARM_UP = Integer.getInteger("benchmark.items.warm-up", 1);

  private final boolean transactional;
  private final List<ItemKind> kinds = ItemKind.chosen();
  private final List<ItemRound> rounds = new ArrayList<>();

  private ItemRace(boolean transactional) {
    this.transactional = transactional;
  }

  /** Runs and prints; returns the rounds. */
  static List<ItemRound> run(String title, boolean transactional) throws Exception {
    ItemRace race = new ItemRace(transactional);
    PostgresServer server = PostgresServer.durable();
    Table table = new Table();
    try (Statements counted = Statements.countedBy(server)) {
      for (ItemKind kind : race.kinds) {
        race.measure(counted, kind, WARM_UP);
      }
      for (int i = 0; i < ROUNDS; i++) {
        for (ItemKind kind : race.kinds) {
          race.rounds.add(race.measure(counted, kind, 1));
        }
      }
      head(table, server, title);
    }
    race.settings(table);
    race.figures(table);
    race.ratios(table);
    System.out.println(table);
    return race.rounds;
  }

  private ItemRound measure(Statements counted, ItemKind kind, int fraction) throws Exception {
    return ItemRound.measure(
        counted, kind, new ItemLoad(kind.share(ITEMS) / fraction, transactional));
  }

  static void head(Table table, PostgresServer server, String title) throws Exception {
    table.line("").line(title).line(Machine.description());
    try (Database database = server.create("settings")) {
      table.line(Machine.description(database));
    }
  }

  private void settings(Table table) {
    table
        .line(
            "%d threads; all items enqueued before; rate counted in the items, first to last"
                .formatted(ItemLoad.THREADS))
        .line("Warm-up: each contender works off 1/%d of a round before".formatted(WARM_UP));
    rounds.stream().map(ItemRound::settings).distinct().forEach(table::line);
  }

  private void figures(Table table) {
    table
        .line("")
        .row("", rounds, round -> round.kind().label())
        .row("items that ran", rounds, count(round -> (double) round.working().runs()))
        .row("items per second", rounds, figure(ItemRound::perSecond))
        .row(
            "statements per 1,000 items",
            rounds,
            figure(round -> round.perThousand(round.account().statements())))
        .row(
            "commits per 1,000 items",
            rounds,
            figure(round -> round.perThousand(round.whole().commits())))
        .row(
            "WAL bytes per item",
            rounds,
            figure(round -> round.perThousand(round.whole().walBytes()) / 1000))
        .row("live heap half way, MiB", rounds, figure(round -> round.items().liveHeapMib()))
        .row(
            "JVM's processor time per item, µs",
            rounds,
            figure(round -> round.micros(round.working().jvmCores())))
        .row(
            "PostgreSQL's, µs",
            rounds,
            figure(round -> round.micros(round.working().postgresCores())))
        .row("cores used by others", rounds, figure(round -> round.working().otherCores()));
    if (transactional) {
      table.row(
          "work and completion commit together",
          rounds,
          round -> round.kind().oneTransaction() ? "yes" : "no");
    }
    table
        .row("ran, not recorded", rounds, count(round -> round.account().ranNotRecorded()))
        .row("recorded, did not run", rounds, count(round -> round.account().recordedNotRan()))
        .row("ran again", rounds, count(round -> round.account().twice()));
    if (transactional) {
      table
          .row("row without record", rounds, count(round -> round.account().effectNotRecorded()))
          .row("record without row", rounds, count(round -> round.account().recordedNoEffect()));
    }
  }

  /** How often the rate of each other fits into that of the column's. */
  private void ratios(Table table) {
    table.line("").row("ratio of the mean rates", kinds, ItemKind::label);
    for (ItemKind other : kinds) {
      table.row("to " + other.label(), kinds, kind -> Table.number(mean(kind) / mean(other)));
    }
  }

  private double mean(ItemKind kind) {
    return rounds.stream()
        .filter(round -> round.kind() == kind)
        .mapToDouble(ItemRound::perSecond)
        .average()
        .orElseThrow();
  }

  private static Function<ItemRound, String> figure(ToDoubleFunction<ItemRound> figure) {
    return round -> Table.number(figure.applyAsDouble(round));
  }

  private static Function<ItemRound, String> count(ToDoubleFunction<ItemRound> count) {
    return round -> "%,d".formatted((long) count.applyAsDouble(round));
  }
}
