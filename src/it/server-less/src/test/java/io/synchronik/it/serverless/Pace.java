package io.synchronik.it.serverless;

import io.synchronik.SynchronikManager;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.schedule.Overlap;
import io.synchronik.worker.WorkerDefinition;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Units whose due times come far below what a busy machine can do: which part of them is fired, and
 * how late. Looked at by turns with and without what may be in their way, so that it does not
 * matter how fast the machine is: whoever waits does so each time.
 */
@SuppressWarnings("try")
final class Pace {
  static final List<String> UNITS = List.of("paced-1", "paced-2", "paced-3", "paced-4");
  private static final Duration EVERY = Duration.ofMillis(100);
  private static final int DUE_TIMES = 12;
  private static final int ROUNDS = 5;
  private static final double KEPT = 0.9;
  private static final Duration MORE_LATE = Duration.ofMillis(300);

  private final Database database;

  Pace(Database database) {
    this.database = database;
  }

  /** Something that is in the way until it is closed. */
  interface Part {
    /** Begins it. */
    AutoCloseable begin() throws Exception;
  }

  /**
   * What was seen in a while.
   *
   * @param fired which part of the due times
   * @param late how late nine of ten runs have started at most
   */
  record Window(double fired, Duration late) {
    boolean isLike(Window before) {
      return fired >= KEPT * Math.min(1, before.fired)
          && late.compareTo(before.late.plus(MORE_LATE)) <= 0;
    }
  }

  /** Registers the units; on each node the same. */
  static void register(SynchronikManager manager) {
    for (String id : UNITS) {
      manager.registerUnit(
          WorkerDefinition.of(id, run -> "done")
              .with(config -> config.every(EVERY).overlap(Overlap.ALLOW)));
    }
  }

  /** Checks that the units keep their pace beside something. */
  void isKeptBeside(String what, Part part) throws Exception {
    List<String> seen = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      Window before = window(UNITS);
      Window beside;
      try (AutoCloseable begun = part.begin()) {
        beside = window(UNITS);
      }
      if (beside.isLike(before)) {
        return;
      }
      seen.add(before + ", then " + beside);
    }
    throw new AssertionError("Others do not keep their pace beside " + what + ": " + seen);
  }

  /** Looks at some of the units for a while. */
  Window window(List<String> units) {
    Map<String, Long> from = new TreeMap<>();
    units.forEach(unit -> from.put(unit, lastDue(unit)));
    Await.until(
        Probe.PATIENCE,
        () -> "Fired since " + from + ": " + units.stream().map(this::lastDue).toList(),
        () ->
            units.stream()
                .allMatch(unit -> lastDue(unit) >= from.get(unit) + DUE_TIMES * EVERY.toMillis()));
    List<Long> late = new ArrayList<>();
    double due = 0;
    for (String unit : units) {
      long to = lastDue(unit);
      due += (double) (to - from.get(unit)) / EVERY.toMillis();
      late.addAll(late(unit, from.get(unit), to));
    }
    late.sort(null);
    long most = late.isEmpty() ? Long.MAX_VALUE : late.get((late.size() - 1) * 9 / 10);
    return new Window(late.size() / due, Duration.ofMillis(most));
  }

  /** Returns by how much each run of some due times was late, when all of them have started. */
  private List<Long> late(String unit, long from, long to) {
    List<Long> late = new ArrayList<>();
    Await.until(
        Probe.PATIENCE,
        () -> {
          late.clear();
          for (List<@Nullable Object> row : runs(unit, from, to)) {
            if (row.get(0) instanceof Number millis) {
              late.add(millis.longValue());
            } else {
              return false;
            }
          }
          return true;
        });
    return late;
  }

  private List<List<@Nullable Object>> runs(String unit, long from, long to) {
    try {
      return database.rows(
          """
          select cast(extract(epoch from started_at) * 1000
              - extract(epoch from scheduled_at) * 1000 as bigint)
          from sk_run where unit = ? and state <> 'skipped'
            and cast(extract(epoch from scheduled_at) * 1000 as bigint) > ?
            and cast(extract(epoch from scheduled_at) * 1000 as bigint) <= ?
          """,
          unit,
          from,
          to);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private long lastDue(String unit) {
    try {
      return database.number(
          "select coalesce(cast(extract(epoch from last_due) * 1000 as bigint), 0)"
              + " from sk_schedule where unit = ?",
          unit);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until the units have begun. */
  void awaitBegun() {
    Await.until(Probe.PATIENCE, () -> UNITS.stream().allMatch(unit -> lastDue(unit) > 0));
  }

  /** Keeps a transaction of a caller open. */
  static Part open(Node node, List<Node.Step> steps) {
    return () -> OpenCaller.of(node, steps);
  }
}
