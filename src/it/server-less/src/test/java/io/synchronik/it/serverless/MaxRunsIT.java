package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.RunQuery;
import io.synchronik.RunRequest;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.run.UnitNotRunnableException;
import io.synchronik.schedule.Overlap;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Units that are disabled after a number of runs. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class MaxRunsIT extends SharedNode {

  @Test
  void scheduleEndsAfterSoManyRuns() throws Exception {
    register("three", run -> "done", config -> config.every(Duration.ofMillis(20)).maxRuns(3));

    Await.until(
        Probe.PATIENCE,
        () -> !unit("three").control().enabled() && unit("three").nextDue().isEmpty());

    assertThat(
            database.number(
                "select count(*) from sk_run where unit = 'three' and state <> 'skipped'"))
        .isEqualTo(3);
    assertThat(unit("three").statistics().completed()).isEqualTo(3);
  }

  /** An end that was only written down counts for whoever gets the unit next. */
  @Test
  void owedEndsCount() throws Exception {
    node.inTransaction(
        () -> {
          register("owed", run -> "done", config -> config.every(Duration.ofMillis(20)).maxRuns(1));
          try (Connection connection = node.dataSource().getConnection();
              PreparedStatement owed =
                  connection.prepareStatement(
                      "insert into sk_unit_delta"
                          + " (app, unit, id, kind, run, state, at, millis, max_runs) select"
                          + " app, id, '0', 'ended', 'before', 'completed', current_timestamp, 1, 1"
                          + " from sk_unit where id = 'owed'")) {
            assertThat(owed.executeUpdate()).isEqualTo(1);
          }
        });

    Await.until(
        Probe.PATIENCE,
        () -> !unit("owed").control().enabled() && unit("owed").nextDue().isEmpty());
    assertThat(
            database.number(
                "select count(*) from sk_run where unit = 'owed' and state <> 'skipped'"))
        .isZero();
  }

  @Test
  void runsInProgressCountWhereTheyMayOverlap() {
    Held held = Held.interruptibly();
    register("at-once", held, config -> config.maxRuns(3).overlap(Overlap.ALLOW));
    List<RunHandle> asked = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      asked.add(manager.runWorkerById("at-once"));
    }
    Await.until(Probe.PATIENCE, () -> skipped("at-once") == 7);
    held.letAllGo();

    List<RunState> ends = new ArrayList<>();
    for (RunHandle run : asked) {
      ends.add(run.join(Probe.PATIENCE).state());
    }
    assertThat(ends).filteredOn(RunState.COMPLETED::equals).hasSize(3);
    assertThat(unit("at-once").statistics().runs()).isEqualTo(3);
    assertThat(unit("at-once").control().enabled()).isFalse();
  }

  @Test
  void scheduleIsBoundToo() throws Exception {
    Held held = Held.interruptibly();
    register(
        "scheduled-at-once",
        held,
        config -> config.every(Duration.ofMillis(20)).maxRuns(3).overlap(Overlap.ALLOW));
    Await.until(Probe.PATIENCE, () -> skipped("scheduled-at-once") >= 5);
    held.letAllGo();

    Await.until(Probe.PATIENCE, () -> !unit("scheduled-at-once").control().enabled());
    assertThat(
            database.number(
                "select count(*) from sk_run where unit = 'scheduled-at-once'"
                    + " and state <> 'skipped'"))
        .isEqualTo(3);
  }

  @Test
  void unitThatIsEnabledAgainIsDisabledAgain() {
    register("once", run -> "done", config -> config.maxRuns(1));
    manager.runWorkerById("once").join(Probe.PATIENCE);
    manager.enable("once");

    assertThat(manager.runWorkerById("once").join(Probe.PATIENCE).state())
        .isEqualTo(RunState.SKIPPED);

    assertThat(unit("once").control().enabled()).isFalse();
    manager.updateWorkerConfig("once", config -> config.maxRuns(2));
    manager.enable("once");
    assertThat(manager.runWorkerById("once").join(Probe.PATIENCE).state())
        .isEqualTo(RunState.COMPLETED);
  }

  private long skipped(String unit) {
    return manager.findRuns(RunQuery.LATEST.ofUnit(unit)).items().stream()
        .filter(run -> run.state() == RunState.SKIPPED)
        .count();
  }

  @Test
  void skippedRunsDoNotCount() {
    Held held = Held.interruptibly();
    register("two", held, config -> config.maxRuns(2));
    RunHandle first = manager.runWorkerById("two");
    held.awaitBegun();
    for (int i = 0; i < 3; i++) {
      assertThat(manager.runWorkerById("two").join(Probe.PATIENCE).state())
          .isEqualTo(RunState.SKIPPED);
    }
    held.letAllGo();
    first.join(Probe.PATIENCE);
    assertThat(unit("two").control().enabled()).isTrue();

    assertThat(manager.runWorkerById("two").join(Probe.PATIENCE).state())
        .isEqualTo(RunState.COMPLETED);

    assertThat(unit("two").control().enabled()).isFalse();
    assertThatThrownBy(() -> manager.runWorkerById("two"))
        .isInstanceOf(UnitNotRunnableException.class)
        .hasMessageContaining("disabled");
    RunHandle forced = manager.runUnitById("two", RunRequest.PLAIN.forced());
    assertThat(forced.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
  }

  @Test
  void failedAndCancelledRunsCount() {
    Held held = Held.interruptibly();
    register(
        "counted",
        run -> {
          held.run(run);
          throw new IllegalStateException("no");
        },
        config -> config.maxRuns(2));
    RunHandle cancelled = manager.runWorkerById("counted");
    held.awaitBegun();
    cancelled.cancel();
    assertThat(cancelled.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
    assertThat(unit("counted").control().enabled()).isTrue();
    held.letAllGo();

    manager.runWorkerById("counted").join(Probe.PATIENCE);

    assertThat(unit("counted").control().enabled()).isFalse();
    assertThat(unit("counted").statistics().runs()).isEqualTo(2);
    assertThat(unit("counted").statistics().failed()).isEqualTo(1);
  }
}
