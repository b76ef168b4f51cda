package io.synchronik.it.benchmarks;

import com.sun.management.ThreadMXBean;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.PostgresServer;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * Figures of Synchronik alone, in a JVM of its own: the script {@code beside} compiles this class
 * against two versions and runs them by turns. It uses nothing that only one of them has.
 */
final class Rates {
  private static final int WARM_UP = Integer.getInteger("benchmark.warm-up", 30);
  private static final int WINDOW = Integer.getInteger("benchmark.seconds", 15);
  private static final int ITEMS = Integer.getInteger("benchmark.items", 150_000);
  private static final int SHOWN = Integer.getInteger("benchmark.statements", 0);

  /** What a change of the schema would do. */
  private static final String SQL = System.getProperty("benchmark.sql", "");

  private Rates() {}

  /**
   * What was used for a number of units of work. All but the first hardly depends on who else uses
   * the machine.
   *
   * @param usage what was used
   * @param units firings, processes or items
   * @param statements executed
   * @param allocated bytes on the heap
   */
  private record Figures(Usage usage, double units, long statements, long allocated) {
    void print() {
      figure("per second", units / usage.seconds());
      figure("µs of JVM", usage.jvmCores() * usage.seconds() * 1e6 / units);
      figure("µs of PostgreSQL", usage.postgresCores() * usage.seconds() * 1e6 / units);
      figure("statements", statements / units);
      figure("commits", usage.commits() / units);
      figure("bytes of WAL", usage.walBytes() / units);
      figure("bytes of heap", allocated / units);
    }

    private static void figure(String name, double value) {
      System.out.printf(Locale.ROOT, "figure|%s|%.3f%n", name, value);
    }
  }

  /** A moment of a database, from which figures are counted. */
  private record Moment(Usage usage, long statements, long allocated, Map<String, Calls> executed) {
    static Moment now(Database database, Tally tally) throws SQLException {
      return new Moment(
          Usage.now(database, tally), Statements.executed(database), allocation(), calls(database));
    }

    private static long allocation() {
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      return LongStream.of(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
          .filter(bytes -> bytes > 0)
          .sum();
    }

    Figures since(Moment before, double unitsPerRun) {
      Usage used = usage.since(before.usage);
      double units = used.runs() * unitsPerRun;
      executed.entrySet().stream()
          .map(
              call ->
                  Map.entry(call.getKey(), call.getValue().since(before.executed, call.getKey())))
          .sorted((a, b) -> Double.compare(b.getValue().millis, a.getValue().millis))
          .limit(SHOWN)
          .forEach(call -> call.getValue().print(call.getKey(), units));
      return new Figures(used, units, statements - before.statements, allocated - before.allocated);
    }
  }

  /** How often a statement was executed, its rows, and the time that took. */
  private record Calls(long calls, long rows, double millis) {
    Calls since(Map<String, Calls> before, String sql) {
      Calls old = before.getOrDefault(sql, new Calls(0, 0, 0));
      return new Calls(calls - old.calls, rows - old.rows, millis - old.millis);
    }

    void print(String sql, double units) {
      System.out.printf(
          Locale.ROOT,
          "%8.4f calls %8.3f rows %8.1f µs  %s%n",
          calls / units,
          rows / units,
          millis * 1000 / units,
          sql);
    }
  }

  private static Map<String, Calls> calls(Database database) throws SQLException {
    Map<String, Calls> calls = new TreeMap<>();
    if (SHOWN > 0) {
      for (List<?> row :
          database.rows(
              "select regexp_replace(s.query, '\\s+', ' ', 'g'), sum(s.calls)::bigint,"
                  + " sum(s.rows)::bigint, sum(s.total_exec_time + s.total_plan_time)"
                  + " from pg_stat_statements s join pg_database d on d.oid = s.dbid"
                  + " where d.datname = current_database() group by 1")) {
        calls.put(
            (String) row.get(0),
            new Calls((Long) row.get(1), (Long) row.get(2), (Double) row.get(3)));
      }
    }
    return calls;
  }

  /** Measures {@code firing}, {@code process} or {@code items}, and prints its figures. */
  public static void main(String[] arguments) throws Exception {
    try (Statements counted = Statements.countedBy(PostgresServer.durable())) {
      Figures figures =
          switch (arguments[0]) {
            case "firing" -> firing(counted);
            case "process" -> processes(counted);
            case "items" -> items(counted);
            default -> throw new IllegalArgumentException(arguments[0]);
          };
      figures.print();
    }
    System.exit(0);
  }

  private static Figures firing(Statements counted) throws Exception {
    Tally tally = new Tally();
    try (Database database = counted.create("firing");
        Contender node = SynchronikNode.start(database, Load.saturating(), tally)) {
      Figures figures = window(database, tally, 1);
      node.stop();
      return figures;
    }
  }

  private static Figures processes(Statements counted) throws Exception {
    Tally tally = new Tally();
    try (Database database = counted.create("process");
        ProcessRunner node = SynchronikProcesses.start(database, false, tally)) {
      Figures figures = window(database, tally, 1.0 / ProcessBenchmark.WORKERS);
      node.stop();
      return figures;
    }
  }

  private static Figures window(Database database, Tally tally, double unitsPerRun)
      throws Exception {
    if (!SQL.isEmpty()) {
      database.execute(SQL);
    }
    TimeUnit.SECONDS.sleep(WARM_UP);
    Moment before = Moment.now(database, tally);
    TimeUnit.SECONDS.sleep(WINDOW);
    return Moment.now(database, tally).since(before, unitsPerRun);
  }

  private static Figures items(Statements counted) throws Exception {
    ItemLoad load = new ItemLoad(ITEMS, false);
    ItemRound.measure(counted, ItemKind.SYNCHRONIK, load);
    ItemRound round = ItemRound.measure(counted, ItemKind.SYNCHRONIK, load);
    return new Figures(round.working(), round.working().runs(), round.account().statements(), 0);
  }
}
