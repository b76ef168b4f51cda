package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.RunQuery;
import io.synchronik.event.UnitSkipped;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.Cause;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import io.synchronik.run.RunView;
import io.synchronik.schedule.Overlap;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens when a unit should run while a run of it is going on. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class OverlapIT extends SharedNode {
  private static final Duration OFTEN = Duration.ofMillis(50);

  @Test
  void skipEndsTheSecondRunAtOnce() {
    Held held = Held.interruptibly();
    register("skip", held);
    RunHandle first = manager.runWorkerById("skip");
    held.awaitBegun();

    RunHandle second = manager.runWorkerById("skip");
    RunOutcome outcome = second.join(Probe.PATIENCE);

    assertThat(outcome.state()).isEqualTo(RunState.SKIPPED);
    assertThat(outcome.reason()).isEqualTo("a run is in progress");
    UnitSkipped event =
        events.awaitNext(UnitSkipped.class, skip -> skip.run().equals(Optional.of(second.id())));
    assertThat(event.cause()).isEqualTo(Cause.MANUAL);
    assertThat(event.reason()).isEqualTo(outcome.reason());
    held.letGo();
    assertThat(first.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(held.begun.seen()).hasSize(1);
    assertThat(unit("skip").statistics().runs()).isEqualTo(1);
    assertThat(view(second).execution().attempt()).isZero();
  }

  @Test
  void queueLetsOneWait() {
    Held held = Held.interruptibly();
    register("queue", held, config -> config.overlap(Overlap.QUEUE));
    RunHandle first = manager.runWorkerById("queue");
    held.awaitBegun();

    RunHandle second = manager.runWorkerById("queue");
    RunHandle third = manager.runWorkerById("queue");

    RunOutcome skipped = third.join(Probe.PATIENCE);
    assertThat(skipped.state()).isEqualTo(RunState.SKIPPED);
    assertThat(skipped.reason()).contains("another one waits");
    assertThat(second.state()).isEqualTo(RunState.SUBMITTED);
    assertThat(held.begun.seen()).hasSize(1);
    held.letGo();
    assertThat(held.awaitBegun().run()).isEqualTo(second.id());
    assertThat(first.state()).isEqualTo(RunState.COMPLETED);
    held.letGo();
    assertThat(second.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
  }

  @Test
  void allowRunsBoth() {
    Held held = Held.interruptibly();
    register("allow", held, config -> config.overlap(Overlap.ALLOW));

    RunHandle first = manager.runWorkerById("allow");
    RunHandle second = manager.runWorkerById("allow");

    assertThat(List.of(held.awaitBegun().run(), held.awaitBegun().run()))
        .containsExactlyInAnyOrder(first.id(), second.id());
    held.letAllGo();
    assertThat(first.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(second.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
  }

  @Test
  void scheduledTimesAreSkippedWhileARunGoesOn() {
    Held held = Held.interruptibly();
    register("skip-times", held, config -> config.every(OFTEN));
    held.awaitBegun();

    Await.until(Probe.PATIENCE, () -> runs("skip-times", RunState.SKIPPED).size() >= 2);
    List<RunView> skipped = runs("skip-times", RunState.SKIPPED);
    manager.disable("skip-times");

    assertThat(held.begun.seen()).hasSize(1);
    assertThat(skipped)
        .allSatisfy(
            run -> {
              assertThat(run.origin().cause()).isEqualTo(Cause.SCHEDULE);
              assertThat(run.times().scheduledAt()).isNotNull();
              assertThat(run.execution().reason()).isEqualTo("a run is in progress");
            });
    assertThat(skipped).extracting(run -> run.times().scheduledAt()).doesNotHaveDuplicates();
    assertThat(awaitEvent(UnitSkipped.class, "skip-times").cause()).isEqualTo(Cause.SCHEDULE);
    held.letAllGo();
  }

  @Test
  void oneScheduledTimeWaitsInTheQueue() {
    Held held = Held.interruptibly();
    register("queue-times", held, config -> config.every(OFTEN).overlap(Overlap.QUEUE));
    held.awaitBegun();

    Await.until(Probe.PATIENCE, () -> runs("queue-times", RunState.SKIPPED).size() >= 2);
    manager.updateUnitConfig("queue-times", config -> config.schedule(null));
    Await.until(Probe.PATIENCE, () -> runs("queue-times", RunState.SUBMITTED).size() == 1);

    RunView waiting = runs("queue-times", RunState.SUBMITTED).get(0);
    assertThat(waiting.origin().cause()).isEqualTo(Cause.SCHEDULE);
    assertThat(held.begun.seen()).hasSize(1);
    held.letAllGo();
    assertThat(held.awaitBegun().run()).isEqualTo(waiting.id());
  }

  @Test
  void scheduledTimesRunBesideEachOther() {
    Held held = Held.interruptibly();
    register("allow-times", held, config -> config.every(OFTEN).overlap(Overlap.ALLOW));

    held.begun.awaitCount(3, run -> true, Probe.PATIENCE);

    manager.disable("allow-times");
    assertThat(held.begun.seen()).extracting(run -> run.scheduledAt()).doesNotHaveDuplicates();
    held.letAllGo();
  }

  @Test
  void aRunThatWaitsForItsRetryIsInProgress() {
    register(
        "retrying",
        run -> {
          throw new IllegalStateException("not now");
        },
        config -> config.maxRetries(1).retryDelay(Duration.ofHours(1)));
    RunHandle first = manager.runWorkerById("retrying");
    awaitState(first, RunState.WAITING);

    RunOutcome second = manager.runWorkerById("retrying").join(Probe.PATIENCE);

    assertThat(second.state()).isEqualTo(RunState.SKIPPED);
    assertThat(first.state()).isEqualTo(RunState.WAITING);
  }

  private List<RunView> runs(String unit, RunState state) {
    return manager.findRuns(RunQuery.LATEST.ofUnit(unit).in(state)).items();
  }
}
