package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.SynchronikManager;
import io.synchronik.event.Milestone;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Faults;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.run.SynchronikException;
import io.synchronik.schedule.Overlap;
import io.synchronik.worker.WorkerDefinition;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The answer to a commit is lost: it is asked for until it is known, and nobody guesses. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class DoubtIT {
  @Parameter DatabaseKind kind;
  private final Faults faults = new Faults();
  private final AtomicInteger runs = new AtomicInteger();
  private Database database;
  private Node node;
  private SynchronikManager manager;

  @BeforeEach
  void start() {
    database = kind.create("doubt");
    node =
        Node.on(database)
            .setting("synchronik.loop-interval", "200ms")
            .setting("synchronik.lease", "6s")
            .setting("synchronik.stop-grace", "100ms")
            .faults(faults)
            .start();
    manager = node.manager();
    manager.registerUnit(WorkerDefinition.of("count", run -> runs.incrementAndGet()));
  }

  @AfterEach
  void stop() {
    faults.clear();
    node.close();
    database.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Faults.Kind.class,
      names = {"LOST_AFTER_COMMIT", "LATE_COMMIT"})
  void whoAsksForARunGetsItWhenItsCommitCameTrue(Faults.Kind fault) throws Exception {
    Faults.Trap trap = faults.set(fault, 1, caller());

    RunHandle run = manager.runWorkerById("count");

    assertThat(trap.hit()).isPresent();
    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(runs).hasValue(1);
    assertThat(database.number("select count(*) from sk_run")).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Faults.Kind.class,
      names = {"COMMIT_REFUSED", "LOST_BEFORE_COMMIT"})
  void whoAsksForARunIsToldWhenItsCommitDidNotComeTrue(Faults.Kind fault) throws Exception {
    faults.set(fault, 1, caller());

    assertThatThrownBy(() -> manager.runWorkerById("count"))
        .isInstanceOf(SynchronikException.class)
        .hasMessageNotContaining("SYNC-0196");

    assertThat(database.number("select count(*) from sk_run")).isZero();
  }

  @Test
  void whatCannotBeKnownInTimeIsSaidSoAndToldWhenItIsKnown() throws Exception {
    Probe<Milestone> told = new Probe<>();
    manager.onMilestone("late", told);
    String caller = Thread.currentThread().getName();
    faults.watch(
        hit -> {
          if (hit.equals(new Faults.Hit(caller, Faults.COMMIT))) {
            node.disconnect();
          }
        });

    faults.set(Faults.Kind.LOST_AFTER_COMMIT, 1, caller());
    assertThatThrownBy(() -> manager.emitMilestone("late", null)).hasMessageContaining("SYNC-0196");
    assertThat(told.seen()).isEmpty();
    faults.clear();
    node.reconnect();

    told.awaitNext(milestone -> true);
    manager.emitMilestone("late", null);
    told.awaitNext(milestone -> true);
    assertThat(told.seen()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = Faults.Kind.class,
      names = {"LOST_AFTER_COMMIT", "LATE_COMMIT"})
  void whatCameTrueInACallersTransactionIsTold(Faults.Kind fault) throws Exception {
    Probe<Milestone> told = new Probe<>();
    manager.onMilestone("of-caller", told);
    Faults.Trap trap = faults.set(fault, 1, caller());

    RunHandle[] run = new RunHandle[1];
    try {
      node.inTransaction(
          () -> {
            manager.emitMilestone("of-caller", null);
            run[0] = manager.runWorkerById("count");
            return null;
          });
    } catch (Exception e) {
      // It is the caller's own commit
    }

    assertThat(trap.hit()).isPresent();
    assertThat(run[0].join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    told.awaitNext(milestone -> true);
    assertThat(runs).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Faults.Kind.class,
      names = {"LOST_AFTER_COMMIT", "LATE_COMMIT"})
  void endThatCameTrueIsNoRejectedOne(Faults.Kind fault) throws Exception {
    Probe<Milestone> rejected = new Probe<>();
    manager.onMilestone("watcher:rejected", rejected);
    Faults.Trap trap =
        faults.set(fault, 1, thread -> thread.getName().startsWith("synchronik-completions"));

    assertThat(manager.runWorkerById("count").join(Probe.PATIENCE).state())
        .isEqualTo(RunState.COMPLETED);

    Await.until(Probe.PATIENCE, () -> trap.hit().isPresent());
    assertThat(manager.runWorkerById("count").join(Probe.PATIENCE).state())
        .isEqualTo(RunState.COMPLETED);
    assertThat(rejected.seen()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Faults.Kind.class,
      names = {"LOST_AFTER_COMMIT", "LATE_COMMIT"})
  void whoRegistersAUnitHasIt(Faults.Kind fault) throws Exception {
    Faults.Trap trap = faults.set(fault, 1, caller());

    manager.registerUnit(often("registered"));

    assertThat(trap.hit()).isPresent();
    assertIsFired("registered");
  }

  @ParameterizedTest
  @EnumSource(
      value = Faults.Kind.class,
      names = {"LOST_AFTER_COMMIT", "LATE_COMMIT"})
  void whatACallersTransactionRegistersIsThereWhenItCameTrue(Faults.Kind fault) throws Exception {
    Faults.Trap trap = faults.set(fault, 1, caller());

    try {
      node.inTransaction(
          () -> {
            manager.registerUnit(often("of-caller"));
            return null;
          });
    } catch (Exception e) {
      // It is the caller's own commit
    }

    assertThat(trap.hit()).isPresent();
    assertIsFired("of-caller");
  }

  private WorkerDefinition often(String id) {
    return WorkerDefinition.of(id, run -> runs.incrementAndGet())
        .with(config -> config.every(Duration.ofMillis(50)).overlap(Overlap.ALLOW));
  }

  private void assertIsFired(String unit) throws SQLException {
    Await.until(Probe.PATIENCE, () -> runs.get() > 3);
    assertThat(database.number("select count(*) from sk_unit where id = '" + unit + "'"))
        .isEqualTo(1);
    assertThat(
            database.rows(
                "select scheduled_at from sk_run where unit = '"
                    + unit
                    + "' group by scheduled_at having count(*) > 1"))
        .isEmpty();
    assertThat(manager.getUnitById(unit)).isPresent();
  }

  private static Predicate<Thread> caller() {
    Thread caller = Thread.currentThread();
    return thread -> thread == caller;
  }
}
