package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.run.UnknownRunException;
import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Overlap;
import io.synchronik.schedule.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs that have not begun: how many wait, what starts the next one, what a release does. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class SubmittedRunsIT extends SharedNode {
  private static final int MANY = 1200;

  @Test
  void oneOfVeryManyWaits() throws Exception {
    Held held = Held.interruptibly();
    register("many", held, config -> config.overlap(Overlap.QUEUE));
    RunHandle first = manager.runWorkerById("many");
    held.awaitBegun();
    List<RunHandle> asked = new ArrayList<>();
    node.inTransaction(
        () -> {
          for (int i = 0; i < MANY; i++) {
            asked.add(manager.runWorkerById("many"));
          }
        });

    Await.until(Probe.PATIENCE, () -> many("skipped") >= MANY - 3);
    manager.runLoopOnce();
    manager.runLoopOnce();
    assertThat(many("submitted")).isEqualTo(1);
    assertThat(many("skipped")).isEqualTo(MANY - 1);
    held.letAllGo();

    assertThat(first.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(asked.get(0).join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(held.begun.seen()).hasSize(2);
  }

  private long many(String state) {
    return Bills.number(
        database, "select count(*) from sk_run where unit = 'many' and state = '" + state + "'");
  }

  @Test
  void fixedDelayCountsFromTheEndOfTheScheduledRunBesideOthers() {
    Held scheduled = Held.interruptibly();
    Held other = Held.interruptibly();
    register(
        "beside",
        run -> (run.scheduledAt().isPresent() ? scheduled : other).run(run),
        config ->
            config
                .overlap(Overlap.ALLOW)
                .schedule(
                    new Schedule.Every(
                        Duration.ofHours(1),
                        IntervalMode.FIXED_DELAY,
                        Duration.ZERO,
                        Duration.ZERO)));
    scheduled.awaitBegun();
    RunHandle manual = manager.runWorkerById("beside");
    other.awaitBegun();
    other.letGo();
    manual.join(Probe.PATIENCE);
    manager.runLoopOnce();
    assertThat(unit("beside").nextDue()).isEmpty();

    RunHandle goesOn = manager.runWorkerById("beside");
    other.awaitBegun();
    scheduled.letGo();
    Await.until(Probe.PATIENCE, () -> unit("beside").nextDue().isPresent());

    assertThat(goesOn.state()).isEqualTo(RunState.RUNNING);
    other.letGo();
    goesOn.join(Probe.PATIENCE);
  }

  @Test
  void runThatIsAskedForAndReleasedInOneTransactionIsUnknown() throws Exception {
    for (boolean force : new boolean[] {false, true}) {
      register("together", run -> "done");
      List<RunHandle> asked = new ArrayList<>();
      node.inTransaction(
          () -> {
            asked.add(manager.runWorkerById("together"));
            manager.releaseUnit("together", force);
          });

      assertGone("together", asked.get(0));
    }
  }

  @Test
  void runThatIsAskedForDuringAReleaseEnds() throws Exception {
    register("meanwhile", run -> "done");
    List<RunHandle> asked = new ArrayList<>();
    node.inTransaction(
        () -> {
          asked.add(manager.runWorkerById("meanwhile"));
          CompletableFuture.runAsync(() -> manager.releaseUnit("meanwhile")).join();
        });

    assertGone("meanwhile", asked.get(0));
  }

  private void assertGone(String unit, RunHandle run) {
    Await.until(Probe.PATIENCE, () -> manager.getUnitById(unit).isEmpty());
    manager.runWatcherScan();
    assertThatThrownBy(() -> run.join(Probe.PATIENCE)).isInstanceOf(UnknownRunException.class);
    assertThat(manager.getRunById(run.id().value())).isEmpty();
  }
}
