package io.synchronik.it.benchmarks;

import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.PostgresServer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * One rate of Synchronik alone, in a JVM of its own: the script {@code beside} compiles this class
 * against two versions and runs them by turns. It uses nothing that only one of them has.
 */
final class Rates {
  private static final int WARM_UP = Integer.getInteger("benchmark.warm-up", 15);
  private static final int WINDOW = Integer.getInteger("benchmark.seconds", 15);
  private static final int ITEMS = Integer.getInteger("benchmark.items", 150_000);

  private Rates() {}

  /** Measures {@code firing}, {@code process} or {@code items}, and prints a number per second. */
  public static void main(String[] arguments) throws Exception {
    PostgresServer server = PostgresServer.durable();
    double rate =
        switch (arguments[0]) {
          case "firing" -> firing(server);
          case "process" -> processes(server);
          case "items" -> items(server);
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    System.out.printf(Locale.ROOT, "rate %s %.1f%n", arguments[0], rate);
    System.exit(0);
  }

  private static double firing(PostgresServer server) throws Exception {
    Tally tally = new Tally();
    try (Database database = server.create("firing");
        Contender node = SynchronikNode.start(database, Load.saturating(), tally)) {
      double rate = window(database, tally);
      node.stop();
      return rate;
    }
  }

  private static double processes(PostgresServer server) throws Exception {
    Tally tally = new Tally();
    try (Database database = server.create("process");
        ProcessRunner node = SynchronikProcesses.start(database, false, tally)) {
      double rate = window(database, tally) / ProcessBenchmark.WORKERS;
      node.stop();
      return rate;
    }
  }

  private static double window(Database database, Tally tally) throws Exception {
    TimeUnit.SECONDS.sleep(WARM_UP);
    Usage before = Usage.now(database, tally);
    TimeUnit.SECONDS.sleep(WINDOW);
    return Usage.now(database, tally).since(before).runsPerSecond();
  }

  private static double items(PostgresServer server) throws Exception {
    try (Statements counted = Statements.countedBy(server)) {
      ItemLoad load = new ItemLoad(ITEMS, false);
      ItemRound.measure(counted, ItemKind.SYNCHRONIK, load);
      return ItemRound.measure(counted, ItemKind.SYNCHRONIK, load).perSecond();
    }
  }
}
