package io.synchronik.it.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.RunQuery;
import io.synchronik.RunRequest;
import io.synchronik.SynchronikManager;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Probe;
import io.synchronik.process.Process;
import io.synchronik.process.RunMode;
import io.synchronik.process.RunOrder;
import io.synchronik.process.Verdict;
import io.synchronik.process.WorkerVerdict;
import io.synchronik.run.Cause;
import io.synchronik.run.InvalidConfigurationException;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import io.synchronik.run.RunView;
import io.synchronik.run.UnitNotRunnableException;
import io.synchronik.run.UnknownRunException;
import io.synchronik.run.WrongStateException;
import io.synchronik.schedule.Overlap;
import io.synchronik.unit.UnitId;
import io.synchronik.unit.UnitStatus;
import io.synchronik.worker.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs of processes that are cancelled, repeated, held back or changed. */
public final class ProcessControl extends Scenario {
  /** Prepares a scenario. */
  public ProcessControl(SynchronikManager manager) {
    super(manager);
  }

  public void cancelInterruptsWhatRunsAndWithdrawsTheRest() throws Exception {
    Held held = Held.interruptibly();
    register("k-first", steps.step());
    register("k-held", steps.step(held));
    register("k-last", steps.step());
    define(Process.named("cancelled").workers("k-first", "k-held", "k-last"));
    RunHandle run = manager.runProcessById("cancelled");
    held.awaitBegun();

    assertThat(run.cancel()).isTrue();
    assertThat(run.cancel()).isFalse();

    RunOutcome outcome = run.join(Probe.PATIENCE);
    assertThat(outcome.state()).isEqualTo(RunState.CANCELED);
    assertThat(outcome.reason()).isEqualTo("cancelled by code");
    held.interrupted.awaitNext(interrupted -> true);
    assertThat(verdicts(run.id()))
        .containsExactly(Verdict.COMPLETED, Verdict.CANCELED, Verdict.SKIPPED);
    Await.until(Probe.PATIENCE, () -> unit("k-held").status() != UnitStatus.RUNNING);
    assertThat(unit("cancelled").status()).isEqualTo(UnitStatus.COMPLETED);
  }

  public void workersAreTriedAgainInsideAProcess() {
    AtomicBoolean failed = new AtomicBoolean();
    register(
        "r-flaky",
        run -> {
          if (run.attempt() < 3) {
            throw new IllegalStateException("not yet");
          }
          return failed.getAndSet(true);
        },
        config ->
            config.retry(new RetryPolicy(2, Duration.ofMillis(10), 1, Duration.ofSeconds(1), 0)));
    register("r-after", steps.step());
    define(Process.named("retries").workers("r-flaky", "r-after"));

    RunOutcome outcome = manager.runProcessById("retries").join(Probe.PATIENCE);

    assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
    WorkerVerdict flaky = view(outcome.run()).result().of(new UnitId("r-flaky")).orElseThrow();
    assertThat(flaky.verdict()).isEqualTo(Verdict.COMPLETED);
    assertThat(flaky.attempts()).isEqualTo(3);
  }

  public void timeoutOfAWorkerFailsItAlone() {
    Held held = Held.interruptibly();
    register("t-slow", held, config -> config.timeout(Duration.ofMillis(100)));
    register("t-other", steps.step());
    define(Process.named("timeouts").parallel().workers("t-slow", "t-other"));

    RunOutcome outcome = manager.runProcessById("timeouts").join(Probe.PATIENCE);

    assertThat(outcome.state()).isEqualTo(RunState.FAILED);
    assertThat(verdicts(outcome.run())).containsExactly(Verdict.FAILED, Verdict.COMPLETED);
    assertThat(message(outcome.failure())).contains("SYNC-0080");
  }

  public void overlapPolicyHoldsForProcesses() {
    Held held = Held.interruptibly();
    register("o-held", steps.step(held), config -> config.overlap(Overlap.ALLOW));
    define(Process.named("o-skip").workers("o-held"));
    define(Process.named("o-queue").overlap(Overlap.QUEUE).workers("o-held"));
    define(Process.named("o-allow").overlap(Overlap.ALLOW).workers("o-held"));

    for (String process : List.of("o-skip", "o-queue", "o-allow")) {
      RunHandle first = manager.runProcessById(process);
      held.awaitBegun();
      RunHandle second = manager.runProcessById(process);
      if (process.equals("o-skip")) {
        assertThat(second.join(Probe.PATIENCE).state()).isEqualTo(RunState.SKIPPED);
      } else if (process.equals("o-allow")) {
        held.awaitBegun();
      } else {
        manager.runLoopOnce();
        assertThat(second.state()).isEqualTo(RunState.SUBMITTED);
      }
      held.letGo();
      held.letGo();
      assertThat(first.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
      assertThat(second.join(Probe.PATIENCE).state()).isIn(RunState.SKIPPED, RunState.COMPLETED);
      held.forgetPermits();
    }
  }

  public void stepWaitsForABusyWorkerInsteadOfBeingSkipped() {
    Held held = Held.interruptibly();
    register("b-shared", steps.step(held));
    register("b-after", steps.step());
    define(Process.named("b-one").workers("b-shared", "b-after"));
    define(Process.named("b-two").workers("b-shared"));
    RunHandle one = manager.runProcessById("b-one");
    held.awaitBegun();

    RunHandle two = manager.runProcessById("b-two");
    Await.until(Probe.PATIENCE, () -> view(two.id()).workers().get(0).run() != null);
    manager.runLoopOnce();
    assertThat(held.begun.seen()).hasSize(1);
    held.letAllGo();

    assertThat(one.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(two.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(steps.most()).isEqualTo(1);
  }

  public void stepWaitsForAPausedWorker() {
    register("p-first", steps.step());
    register("p-paused", steps.step());
    define(Process.named("pausing").workers("p-first", "p-paused"));
    manager.pause("p-paused");

    RunHandle run = manager.runProcessById("pausing");
    Await.until(Probe.PATIENCE, () -> view(run.id()).workers().get(1).run() != null);
    manager.runLoopOnce();
    assertThat(steps.order()).containsExactly("p-first begun", "p-first ended");
    manager.resume("p-paused");

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(steps.order()).hasSize(4);
  }

  public void pausedAndDisabledProcessesAreRefused() {
    register("n-step", steps.step());
    define(Process.named("refused").workers("n-step"));
    manager.pause("refused");

    assertThatThrownBy(() -> manager.runProcessById("refused"))
        .isInstanceOf(UnitNotRunnableException.class)
        .hasMessageContaining("paused by code");
    assertThat(
            manager
                .runProcessById("refused", RunRequest.PLAIN.forced())
                .join(Probe.PATIENCE)
                .state())
        .isEqualTo(RunState.COMPLETED);
    manager.resume("refused");
    manager.disable("refused");
    assertThatThrownBy(() -> manager.runProcessById("refused"))
        .isInstanceOf(UnitNotRunnableException.class)
        .hasMessageContaining("disabled");
  }

  public void failedRunIsRunAgainFromItsFailedWorkers() {
    AtomicBoolean mended = new AtomicBoolean();
    register("a-good", steps.step("first result"));
    register(
        "a-mended",
        run -> {
          if (!mended.get()) {
            throw new IllegalStateException("broken");
          }
          return run.result("a-good", String.class) + " for " + run.payload(String.class);
        });
    register("a-last", steps.step());
    define(
        Process.named("again")
            .isolated(Duration.ofMillis(20))
            .workers("a-good", "a-mended", "a-last"));
    RunOutcome first =
        manager.runProcessById("again", RunRequest.PLAIN.withPayload("kari")).join(Probe.PATIENCE);
    assertThat(first.state()).isEqualTo(RunState.FAILED);
    mended.set(true);

    RunOutcome second =
        manager.retryRun(first.run().value(), RunRequest.PLAIN).join(Probe.PATIENCE);

    assertThat(second.state()).isEqualTo(RunState.COMPLETED);
    assertThat(view(second.run()).run().origin().cause()).isEqualTo(Cause.RETRY);
    assertThat(steps.order())
        .containsExactly("a-good begun", "a-good ended", "a-last begun", "a-last ended");
    RunView mendedRun = runOf(view(second.run()), 1);
    assertThat(mendedRun.execution().result().as(String.class)).isEqualTo("first result for kari");
    assertThat(verdicts(second.run())).containsOnly(Verdict.COMPLETED).hasSize(3);

    assertThatThrownBy(() -> manager.retryRun(second.run().value(), RunRequest.PLAIN))
        .isInstanceOf(WrongStateException.class)
        .hasMessageContaining("SYNC-0078");
    assertThatThrownBy(() -> manager.retryRun(mendedRun.id().value(), RunRequest.PLAIN))
        .isInstanceOf(WrongStateException.class)
        .hasMessageContaining("SYNC-0077");
    assertThatThrownBy(() -> manager.retryRun("none", RunRequest.PLAIN))
        .isInstanceOf(UnknownRunException.class);
  }

  public void keyMakesAskingRepeatable() throws Exception {
    register("key-step", steps.step());
    define(Process.named("keyed").workers("key-step"));
    RunRequest request = RunRequest.PLAIN.withKey("order-17");

    RunHandle first = manager.runProcessById("keyed", request);
    first.join(Probe.PATIENCE);
    RunHandle again = manager.runProcessById("keyed", request);

    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(manager.findRuns(RunQuery.LATEST.ofUnit("keyed")).items()).hasSize(1);
    assertThat(manager.runUnitById("key-step", request).id()).isNotEqualTo(first.id());
  }

  public void runModeCanBeChanged() {
    Held held = Held.interruptibly();
    register("m-one", steps.step(held));
    register("m-two", steps.step(held));
    define(Process.named("changed").workers("m-one", "m-two"));
    RunHandle before = manager.runProcessById("changed");
    held.awaitBegun();

    manager.updateProcessConfig("changed", config -> config.order(RunOrder.of(RunMode.PARALLEL)));
    held.letGo();
    held.awaitBegun();
    held.letGo();
    assertThat(before.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(steps.most()).isEqualTo(1);
    assertThat(view(before.id()).graph().order().mode()).isEqualTo(RunMode.SEQUENTIAL);

    RunHandle after = manager.runProcessById("changed");
    held.awaitBegun();
    held.awaitBegun();
    held.letAllGo();
    assertThat(after.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(view(after.id()).graph().order().mode()).isEqualTo(RunMode.PARALLEL);
    assertThat(manager.getProcessById("changed").orElseThrow().config().order().mode())
        .isEqualTo(RunMode.PARALLEL);
    assertThatThrownBy(
            () ->
                manager.updateProcessConfig(
                    "changed", config -> config.order(RunOrder.of(RunMode.GRAPH))))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("SYNC-0076");
    assertThatThrownBy(() -> manager.updateWorkerConfig("changed", config -> config.maxRuns(1)))
        .isInstanceOf(WrongStateException.class);
    assertThatThrownBy(() -> manager.updateProcessConfig("m-one", config -> config.maxRuns(1)))
        .isInstanceOf(WrongStateException.class);
  }

  public void scheduleRunsAProcess() {
    register("s-step", steps.step());
    define(Process.named("scheduled").every(Duration.ofMillis(50)).maxRuns(3).workers("s-step"));

    Await.until(Probe.PATIENCE, () -> !unit("scheduled").control().enabled());

    assertThat(unit("scheduled").statistics().runs()).isEqualTo(3);
    assertThat(unit("s-step").statistics().runs()).isEqualTo(3);
  }

  public void workerOfAProcessIsNotReleased() throws Exception {
    register("l-step", steps.step());
    define(Process.named("holder").workers("l-step"));
    manager.runProcessById("holder").join(Probe.PATIENCE);

    assertThatThrownBy(() -> manager.releaseUnit("l-step", true))
        .isInstanceOf(WrongStateException.class)
        .hasMessageContaining("SYNC-0079")
        .hasMessageContaining("holder");
    manager.releaseUnit("holder");
    manager.releaseUnit("l-step");

    assertThat(manager.getUnitById("holder")).isEmpty();
    assertThat(manager.getUnitById("l-step")).isEmpty();
  }
}
