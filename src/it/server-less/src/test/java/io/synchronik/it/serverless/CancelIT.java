package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.event.UnitCancelled;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Overlap;
import io.synchronik.schedule.Schedule;
import io.synchronik.unit.UnitStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs that somebody cancels, on a node with a single thread for attempts. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class CancelIT extends SharedNode {

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder.setting("synchronik.workers", "1");
  }

  @Test
  void runningRunIsInterrupted() {
    Held held = Held.interruptibly();
    register("running", held, config -> config.maxRetries(3));
    RunHandle run = manager.runWorkerById("running");
    held.awaitBegun();

    assertThat(run.cancel()).isTrue();
    RunOutcome outcome = run.join(Probe.PATIENCE);

    assertThat(outcome.state()).isEqualTo(RunState.CANCELED);
    assertThat(outcome.reason()).isEqualTo("cancelled by code");
    assertThat(held.interrupted.seen()).hasSize(1);
    assertThat(held.interrupted.seen().get(0).cancelled()).isTrue();
    assertCancelledOnce(run);
    assertThat(run.cancel()).isFalse();
    assertThat(unit("running").status()).isEqualTo(UnitStatus.COMPLETED);
    assertThat(unit("running").statistics().runs()).isEqualTo(1);
    assertThat(unit("running").statistics().completed()).isZero();
  }

  @Test
  void submittedRunIsWithdrawn() {
    Held held = Held.interruptibly();
    register("queued", held, config -> config.overlap(Overlap.QUEUE));
    RunHandle first = manager.runWorkerById("queued");
    held.awaitBegun();
    RunHandle second = manager.runWorkerById("queued");
    manager.runLoopOnce();
    assertThat(second.state()).isEqualTo(RunState.SUBMITTED);

    assertThat(second.cancel()).isTrue();

    assertThat(second.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
    assertThat(unit("queued").status()).isEqualTo(UnitStatus.RUNNING);
    held.letAllGo();
    assertThat(first.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertCancelledOnce(second);
    assertThat(held.begun.seen()).hasSize(1);
  }

  @Test
  void readyRunIsWithdrawn() {
    Held held = Held.interruptibly();
    AtomicInteger calls = new AtomicInteger();
    register("busy", held);
    register("ready", run -> calls.incrementAndGet());
    RunHandle busy = manager.runWorkerById("busy");
    held.awaitBegun();
    RunHandle ready = manager.runWorkerById("ready");
    awaitState(ready, RunState.READY);
    assertThat(unit("ready").status()).isEqualTo(UnitStatus.RUNNING);

    assertThat(ready.cancel()).isTrue();

    assertThat(ready.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
    assertThat(unit("ready").status()).isEqualTo(UnitStatus.COMPLETED);
    held.letGo();
    busy.join(Probe.PATIENCE);
    manager.runWorkerById("busy").cancel();
    assertCancelledOnce(ready);
    assertThat(calls).hasValue(0);
    assertThat(unit("ready").statistics().runs()).isZero();
  }

  @Test
  void waitingRunMakesNoFurtherAttempt() {
    AtomicInteger calls = new AtomicInteger();
    register(
        "waiting",
        run -> {
          calls.incrementAndGet();
          throw new IllegalStateException("no");
        },
        config -> config.maxRetries(5).retryDelay(Duration.ofMillis(700)));
    RunHandle run = manager.runWorkerById("waiting");
    awaitState(run, RunState.WAITING);

    assertThat(run.cancel()).isTrue();

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
    assertThat(unit("waiting").status()).isEqualTo(UnitStatus.COMPLETED);
    assertCancelledOnce(run);
    assertThat(calls).hasValue(1);
    assertThat(manager.runWorkerById("waiting").state()).isNotEqualTo(RunState.SKIPPED);
    manager.stopWorkerById("waiting");
  }

  @Test
  void finalRunStaysAsItIs() {
    register("over", run -> "done");
    RunHandle run = manager.runWorkerById("over");
    run.join(Probe.PATIENCE);

    assertThat(run.cancel()).isFalse();

    assertThat(run.state()).isEqualTo(RunState.COMPLETED);
  }

  @Test
  void workThatIgnoresItsInterruptIsCancelledAllTheSame() {
    Held held = Held.deaf();
    register("deaf", held, config -> config.overlap(Overlap.QUEUE));
    RunHandle run = manager.runWorkerById("deaf");
    held.awaitBegun();

    assertThat(run.cancel()).isTrue();
    held.letGo();

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
    assertCancelledOnce(run);
    assertThat(unit("deaf").statistics().completed()).isZero();
    assertThat(run.cancel()).isFalse();
  }

  @Test
  void ofCancellingAndFinishingOneWins() {
    register("raced", run -> "done", config -> config.overlap(Overlap.ALLOW));
    List<RunHandle> runs =
        IntStream.range(0, 60).mapToObj(i -> manager.runWorkerById("raced")).toList();

    List<Boolean> answers = runs.stream().map(run -> runWhenRunning(run) && run.cancel()).toList();

    for (int i = 0; i < runs.size(); i++) {
      RunState state = runs.get(i).join(Probe.PATIENCE).state();
      assertThat(state).isEqualTo(answers.get(i) ? RunState.CANCELED : RunState.COMPLETED);
    }
  }

  /** Comes back near the moment in which the run is worked on. */
  private static boolean runWhenRunning(RunHandle run) {
    Await.until(Probe.PATIENCE, () -> run.state() != RunState.SUBMITTED);
    return true;
  }

  @Test
  void stopWorkerCancelsAllOfItsRuns() {
    Held held = Held.interruptibly();
    register("stopped", held, config -> config.overlap(Overlap.QUEUE));
    RunHandle running = manager.runWorkerById("stopped");
    held.awaitBegun();
    RunHandle queued = manager.runWorkerById("stopped");
    manager.runLoopOnce();

    assertThat(manager.stopWorkerById("stopped")).isEqualTo(2);

    assertThat(running.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
    assertThat(queued.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
    assertThat(manager.stopWorkerById("stopped")).isZero();
    assertThat(unit("stopped").control().enabled()).isTrue();
    held.letAllGo();
    assertThat(manager.runWorkerById("stopped").join(Probe.PATIENCE).state())
        .isEqualTo(RunState.COMPLETED);
  }

  @Test
  void fixedDelayGoesOnAfterACancelledRun() {
    Probe<Integer> attempts = new Probe<>();
    register(
        "fixed-delay",
        run -> {
          attempts.accept(run.attempt());
          throw new IllegalStateException("no");
        },
        config ->
            config
                .schedule(
                    new Schedule.Every(
                        Duration.ofMillis(50),
                        IntervalMode.FIXED_DELAY,
                        Duration.ZERO,
                        Duration.ZERO))
                .maxRetries(1)
                .retryDelay(Duration.ofHours(1)));
    attempts.awaitNext(attempt -> true);
    Await.until(Probe.PATIENCE, () -> manager.stopWorkerById("fixed-delay") == 1);

    attempts.awaitNext(attempt -> true);

    manager.disable("fixed-delay");
    manager.stopWorkerById("fixed-delay");
  }

  private void assertCancelledOnce(RunHandle run) {
    assertThat(allEventsOf(run))
        .filteredOn(UnitCancelled.class::isInstance)
        .singleElement()
        .satisfies(
            event -> assertThat(((UnitCancelled) event).reason()).isEqualTo("cancelled by code"));
  }
}
