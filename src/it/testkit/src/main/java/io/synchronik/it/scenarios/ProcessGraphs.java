package io.synchronik.it.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.ProcessView;
import io.synchronik.SynchronikManager;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Probe;
import io.synchronik.process.Process;
import io.synchronik.process.ProcessGraph;
import io.synchronik.process.ProcessRunView;
import io.synchronik.process.RunMode;
import io.synchronik.process.Verdict;
import io.synchronik.process.WorkerState;
import io.synchronik.process.WorkerVerdict;
import io.synchronik.run.Cause;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import io.synchronik.run.RunView;
import io.synchronik.unit.UnitId;
import io.synchronik.unit.UnitKind;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Dependencies between workers, and conditions on their results. */
public final class ProcessGraphs extends Scenario {
  /** Prepares a scenario. */
  public ProcessGraphs(SynchronikManager manager) {
    super(manager);
  }

  private Map<String, Verdict> byWorker(RunOutcome outcome) {
    return view(outcome.run()).result().verdicts().stream()
        .collect(Collectors.toMap(one -> one.worker().value(), WorkerVerdict::verdict));
  }

  private @Nullable String reason(RunOutcome outcome, String worker) {
    return view(outcome.run()).result().of(new UnitId(worker)).orElseThrow().reason();
  }

  public void diamondJoinsItsBranches() {
    register("d-top", steps.step());
    register("d-left", steps.step());
    register("d-right", steps.step());
    register(
        "d-end", run -> run.result("d-left", String.class) + run.result("d-right", String.class));

    RunOutcome outcome =
        run(
            Process.named("diamond")
                .worker("d-top")
                .worker("d-left")
                .after("d-top")
                .worker("d-right")
                .after("d-top")
                .worker("d-end")
                .after("d-left")
                .after("d-right"));

    assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
    assertThat(steps.at("d-left", "begun")).isGreaterThan(steps.at("d-top", "ended"));
    assertThat(steps.at("d-right", "begun")).isGreaterThan(steps.at("d-top", "ended"));
    RunView end = runOf(view(outcome.run()), 3);
    assertThat(end.execution().result().as(String.class)).isEqualTo("d-leftd-right");
    assertThat(end.origin().cause()).isEqualTo(Cause.PROCESS);
    assertThat(end.origin().parent()).isEqualTo(outcome.run());
  }

  public void workerStartsAsSoonAsItsOwnParentsEnded() {
    Held slow = Held.interruptibly();
    register("w-slow", steps.step(slow));
    register("w-fast", steps.step());
    register("w-after-fast", steps.step());
    register("w-after-slow", steps.step());
    manager.registerUnit(
        Process.named("no-waves")
            .worker("w-slow")
            .worker("w-fast")
            .worker("w-after-fast")
            .after("w-fast")
            .worker("w-after-slow")
            .after("w-slow")
            .build());

    RunHandle run = manager.runProcessById("no-waves");
    slow.awaitBegun();
    steps.awaitBegun("w-after-fast");
    assertThat(manager.getProcessRun(run.id().value()).orElseThrow().workers())
        .filteredOn(worker -> worker.worker().value().equals("w-after-slow"))
        .extracting(ProcessRunView.WorkerRun::state)
        .containsExactly(WorkerState.PENDING);
    slow.letGo();

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(steps.at("w-after-slow", "begun")).isGreaterThan(steps.at("w-slow", "ended"));
  }

  public void conditionsChooseTheBranch() {
    register("c-count", steps.step(7));
    register("c-many", steps.step());
    register("c-few", steps.step());
    register("c-report", steps.step());
    register("c-broken", steps.step());

    RunOutcome outcome =
        run(
            Process.named("conditional")
                .worker("c-count")
                .worker("c-many")
                .after("c-count", (Integer count) -> count > 5)
                .worker("c-few")
                .after("c-count", (Integer count) -> count <= 5)
                .worker("c-broken")
                .after("c-count", (String text) -> text.isEmpty())
                .worker("c-report")
                .after("c-few"));

    assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
    assertThat(byWorker(outcome))
        .isEqualTo(
            Map.of(
                "c-count", Verdict.COMPLETED,
                "c-many", Verdict.COMPLETED,
                "c-few", Verdict.SKIPPED,
                "c-broken", Verdict.SKIPPED,
                "c-report", Verdict.SKIPPED));
    assertThat(reason(outcome, "c-few")).isEqualTo("condition false on c-count");
    assertThat(reason(outcome, "c-report")).isEqualTo("c-few skipped");
  }

  public void whatDependsOnAFailureIsSkipped() {
    register("x-bad", steps.failing());
    register("x-after", steps.step());
    register("x-last", steps.step());
    register("x-other", steps.step());

    RunOutcome outcome =
        run(
            Process.named("failed-parent")
                .worker("x-bad")
                .worker("x-after")
                .after("x-bad")
                .worker("x-last")
                .after("x-after")
                .worker("x-other"));

    assertThat(outcome.state()).isEqualTo(RunState.FAILED);
    assertThat(byWorker(outcome))
        .isEqualTo(
            Map.of(
                "x-bad", Verdict.FAILED,
                "x-after", Verdict.SKIPPED,
                "x-last", Verdict.SKIPPED,
                "x-other", Verdict.COMPLETED));
    assertThat(reason(outcome, "x-after")).isEqualTo("x-bad failed");
    assertThat(reason(outcome, "x-last")).isEqualTo("x-after skipped");
  }

  public void disabledWorkerIsSkippedWithWhatDependsOnIt() {
    register("y-off", steps.step());
    register("y-after", steps.step());
    register("y-other", steps.step());
    manager.disable("y-off");

    RunOutcome outcome =
        run(
            Process.named("disabled-parent")
                .worker("y-off")
                .worker("y-after")
                .after("y-off")
                .worker("y-other"));

    assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
    assertThat(byWorker(outcome))
        .isEqualTo(
            Map.of(
                "y-off", Verdict.SKIPPED,
                "y-after", Verdict.SKIPPED,
                "y-other", Verdict.COMPLETED));
    assertThat(reason(outcome, "y-off")).isEqualTo("disabled");
    assertThat(reason(outcome, "y-after")).isEqualTo("y-off disabled");
    assertThat(steps.order()).containsExactly("y-other begun", "y-other ended");
  }

  public void graphIsShown() {
    register("g-one", steps.step(1));
    register("g-two", steps.step());
    manager.registerUnit(
        Process.named("shown")
            .name("A graph")
            .worker("g-one")
            .worker("g-two")
            .after("g-one", (Integer one) -> one == 1)
            .build());

    ProcessView process = manager.getProcessById("shown").orElseThrow();

    assertThat(process.unit().identity().kind()).isEqualTo(UnitKind.PROCESS);
    assertThat(process.unit().identity().name()).isEqualTo("A graph");
    assertThat(process.graph().order().mode()).isEqualTo(RunMode.GRAPH);
    assertThat(process.graph().edges())
        .containsExactly(new ProcessGraph.Edge(new UnitId("g-one"), new UnitId("g-two"), true));
    assertThat(manager.listProcesses())
        .extracting(view -> view.unit().id().value())
        .contains("shown");
    assertThat(manager.getProcessById("g-one")).isEmpty();
    assertThat(manager.getProcessRun("none")).isEmpty();
  }
}
