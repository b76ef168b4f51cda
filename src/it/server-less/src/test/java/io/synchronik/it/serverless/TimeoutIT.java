package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.event.Milestone;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import io.synchronik.unit.UnitStatus;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Attempts that take too long, on a node with a single thread for them. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class TimeoutIT extends SharedNode {
  private static final Duration SHORT = Duration.ofMillis(100);

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder.setting("synchronik.workers", "1").setting("synchronik.long-running", "1s");
  }

  @Test
  void timeoutInterruptsAndIsAFailure() {
    Held held = Held.interruptibly();
    register("slow", held, config -> config.timeout(SHORT));

    RunHandle run = manager.runWorkerById("slow");
    RunOutcome outcome = run.join(Probe.PATIENCE);

    assertThat(outcome.state()).isEqualTo(RunState.FAILED);
    assertThat(outcome.failure().type()).isEqualTo(TimeoutException.class.getName());
    assertThat(outcome.failure().message()).contains("SYNC-0080").contains("100ms");
    assertThat(held.interrupted.seen()).hasSize(1);
    assertThat(held.interrupted.seen().get(0).cancelled()).isTrue();
    assertThat(unit("slow").status()).isEqualTo(UnitStatus.ERROR);
  }

  @Test
  void timeoutIsTriedAgainAsAnyFailure() {
    Held held = Held.interruptibly();
    register("slow-at-first", held, config -> config.timeout(Duration.ofMillis(500)).maxRetries(1));

    RunHandle run = manager.runWorkerById("slow-at-first");
    held.interrupted.awaitNext(attempt -> attempt.attempt() == 1);
    held.letGo();

    assertThat(run.join(Probe.PATIENCE).result().as(Integer.class)).isEqualTo(2);
  }

  @Test
  void workThatIsFastEnoughIsLeftAlone() {
    register("fast", run -> "done", config -> config.timeout(Duration.ofMinutes(1)));

    assertThat(manager.runWorkerById("fast").join(Probe.PATIENCE).state())
        .isEqualTo(RunState.COMPLETED);
  }

  @Test
  void stuckAttemptIsReportedHoldsItsSlotAndIsNotOverlapped() {
    Held deaf = Held.deaf();
    register("deaf", deaf, config -> config.timeout(SHORT).maxRetries(1));
    register("behind", run -> "at last");

    RunHandle run = manager.runWorkerById("deaf");
    deaf.awaitBegun();
    RunHandle behind = manager.runWorkerById("behind");
    Milestone stuck =
        events.awaitNext(
            Milestone.class, milestone -> milestone.milestoneId().equals("watcher:stuck"));

    assertThat(stuck.run()).contains(run.id());
    assertThat(stuck.content().json()).contains("\"attempt\":1").contains("\"forMs\":");
    assertThat(manager.getEngineStats().threads().stuck()).isEqualTo(1);
    assertThat(view(run).state()).isEqualTo(RunState.RUNNING);
    assertThat(view(run).execution().attempt()).isEqualTo(1);
    assertThat(behind.state()).isEqualTo(RunState.READY);
    assertThat(deaf.begun.seen()).hasSize(1);
    deaf.letAllGo();
    assertThat(run.join(Probe.PATIENCE).result().as(Integer.class)).isEqualTo(2);
    assertThat(behind.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(
            events.seen(
                event ->
                    event instanceof Milestone milestone
                        && milestone.milestoneId().equals("watcher:stuck")))
        .hasSize(1);
  }

  @Test
  void longAttemptsAreReportedAndGoOn() {
    Held held = Held.interruptibly();
    register("long", held);
    RunHandle run = manager.runWorkerById("long");

    Milestone report =
        (Milestone)
            events
                .awaitCount(
                    1,
                    event -> isAbout(Milestone.class, "long", event) && isLongRunning(event),
                    Probe.PATIENCE)
                .get(0);

    assertThat(report.run()).contains(run.id());
    held.letGo();
    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
  }

  private static boolean isLongRunning(Object event) {
    return event instanceof Milestone milestone
        && milestone.milestoneId().equals("watcher:long-running");
  }
}
