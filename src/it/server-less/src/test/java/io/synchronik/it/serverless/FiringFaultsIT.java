package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.SynchronikManager;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Faults;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.process.Process;
import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Misfire;
import io.synchronik.schedule.Overlap;
import io.synchronik.schedule.Schedule;
import io.synchronik.worker.WorkerDefinition;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One fault at each statement and each commit of firing in turn: each due time is fired once. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class FiringFaultsIT {
  private static final Duration INTERVAL = Duration.ofMillis(150);
  private static final List<String> UNITS = List.of("plain", "also", "process");

  /** More than a firing has, with what the thread does beside. */
  private static final int STATEMENTS = 24;

  private static final int COMMITS = 6;

  @Parameter DatabaseKind kind;
  private final Faults faults = new Faults();
  private Database database;
  private Node node;
  private SynchronikManager manager;

  @BeforeEach
  void start() {
    database = kind.create("firing");
    node =
        Node.on(database)
            .setting("synchronik.loop-interval", "200ms")
            .setting("synchronik.stop-grace", "100ms")
            .setting("synchronik.workers", "4")
            .connections(15)
            .faults(faults)
            .start();
    manager = node.manager();
    Schedule schedule =
        new Schedule.Every(INTERVAL, IntervalMode.FIXED_RATE, Duration.ZERO, Duration.ZERO);
    manager.registerUnit(WorkerDefinition.of("step", run -> "done"));
    for (String unit : UNITS.subList(0, 2)) {
      manager.registerUnit(
          WorkerDefinition.of(unit, run -> "done")
              .with(
                  config ->
                      config.schedule(schedule).overlap(Overlap.ALLOW).misfire(Misfire.CATCH_UP)));
    }
    manager.registerUnit(
        Process.named("process")
            .workers("step")
            .schedule(schedule)
            .overlap(Overlap.ALLOW)
            .misfire(Misfire.CATCH_UP)
            .build());
  }

  @AfterEach
  void stop() {
    faults.clear();
    node.close();
    database.close();
  }

  @ParameterizedTest
  @EnumSource(Faults.Kind.class)
  void eachDueTimeIsFiredOnce(Faults.Kind fault) throws Exception {
    for (int at = 1; at <= (fault.atCommit() ? COMMITS : STATEMENTS); at++) {
      Faults.Trap trap =
          faults.set(fault, at, thread -> thread.getName().startsWith("synchronik-intake"));
      Await.until(Probe.PATIENCE, () -> trap.hit().isPresent());
    }
    faults.clear();

    for (String unit : UNITS) {
      long fired = fired(unit);
      Await.until(Probe.PATIENCE, () -> fired(unit) > fired + 3);
      manager.disable(unit);
    }
    Await.until(
        Probe.PATIENCE, () -> number("select count(*) from sk_run where ended_at is null") == 0);
    for (String unit : UNITS) {
      List<Instant> times =
          database
              .rows(
                  "select cast(extract(epoch from scheduled_at) * 1000 as bigint) from sk_run"
                      + " where unit = '"
                      + unit
                      + "' order by scheduled_at")
              .stream()
              .map(row -> Instant.ofEpochMilli(((Number) ((List<?>) row).get(0)).longValue()))
              .toList();
      for (int i = 1; i < times.size(); i++) {
        assertThat(Duration.between(times.get(i - 1), times.get(i)))
            .as(unit + " at " + times.get(i))
            .isEqualTo(INTERVAL);
      }
    }
    assertThat(number("select count(*) from sk_run where state <> 'completed'")).isZero();
    assertThat(number("select count(*) from sk_run where schedule_n is null and parent is null"))
        .isZero();
    Await.until(Probe.PATIENCE, () -> number("select sum(active_runs) from sk_unit") == 0);
  }

  private long fired(String unit) {
    return number("select count(*) from sk_run where unit = '" + unit + "'");
  }

  private long number(String sql) {
    try {
      return database.number(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
