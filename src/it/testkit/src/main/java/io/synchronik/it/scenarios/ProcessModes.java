package io.synchronik.it.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.SynchronikManager;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Probe;
import io.synchronik.process.Process;
import io.synchronik.process.Verdict;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import java.time.Duration;
import java.util.List;

/** In which order processes run their workers, and what a failure means to the others. */
public final class ProcessModes extends Scenario {
  /** Prepares a scenario. */
  public ProcessModes(SynchronikManager manager) {
    super(manager);
  }

  private List<String> registerAll(String prefix, int count) {
    List<String> ids =
        java.util.stream.IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    ids.forEach(id -> register(id, steps.step()));
    return ids;
  }

  public void sequentialRunsOneAfterTheOther() {
    List<String> ids = registerAll("s", 4);

    RunOutcome outcome = run(Process.named("sequential").workers(ids.toArray(String[]::new)));

    assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
    assertThat(steps.order())
        .containsExactly(
            "s0 begun",
            "s0 ended",
            "s1 begun",
            "s1 ended",
            "s2 begun",
            "s2 ended",
            "s3 begun",
            "s3 ended");
    assertThat(verdicts(outcome.run())).containsOnly(Verdict.COMPLETED).hasSize(4);
    assertThat(outcome.result().json()).contains("\"completed\":4").contains("\"worker\":\"s3\"");
  }

  public void sequentialStopsAtAFailure() {
    List<String> ids = registerAll("f", 3);
    register("f-bad", steps.failing());

    RunOutcome outcome = run(Process.named("stopped").workers("f0", "f-bad", "f1", "f2"));

    assertThat(outcome.state()).isEqualTo(RunState.FAILED);
    assertThat(message(outcome.failure())).contains("1 of 4").contains("no luck in f-bad");
    assertThat(verdicts(outcome.run()))
        .containsExactly(Verdict.COMPLETED, Verdict.FAILED, Verdict.SKIPPED, Verdict.SKIPPED);
    assertThat(view(outcome.run()).result().verdicts().get(3).reason())
        .isEqualTo("stopped after f-bad");
    assertThat(message(view(outcome.run()).result().verdicts().get(1).failure()))
        .contains("no luck");
    assertThat(view(outcome.run()).result().verdicts().get(1).attempts()).isEqualTo(1);
    assertThat(steps.order()).hasSize(4);
    assertThat(ids).hasSize(3);
  }

  public void parallelRunsAllAtOnce() {
    Held held = Held.interruptibly();
    List.of("p0", "p1", "p2").forEach(id -> register(id, steps.step(held)));
    manager.registerUnit(Process.named("parallel").parallel().workers("p0", "p1", "p2").build());

    RunHandle run = manager.runProcessById("parallel");
    held.begun.awaitCount(3, begun -> true, Probe.PATIENCE);
    held.letAllGo();

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(steps.most()).isEqualTo(3);
  }

  public void failureInParallelLeavesTheOthersAlone() {
    registerAll("q", 3);
    register("q-bad", steps.failing());

    RunOutcome outcome =
        run(Process.named("parallel-failure").parallel().workers("q0", "q-bad", "q1", "q2"));

    assertThat(outcome.state()).isEqualTo(RunState.FAILED);
    assertThat(verdicts(outcome.run()))
        .containsExactly(Verdict.COMPLETED, Verdict.FAILED, Verdict.COMPLETED, Verdict.COMPLETED);
  }

  public void batchesFollowOneAnother() {
    List<String> ids = registerAll("b", 5);

    RunOutcome outcome =
        run(Process.named("batched").batched(2).workers(ids.toArray(String[]::new)));

    assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
    for (int i = 2; i < 5; i++) {
      int group = i / 2;
      for (int before = (group - 1) * 2; before < group * 2; before++) {
        assertThat(steps.at("b" + i, "begun")).isGreaterThan(steps.at("b" + before, "ended"));
      }
    }
    assertThat(steps.most()).isLessThanOrEqualTo(2);
    assertThat(verdicts(outcome.run())).hasSize(5).containsOnly(Verdict.COMPLETED);
  }

  public void isolatedPausesBetweenWorkers() {
    List<String> ids = registerAll("i", 3);
    Duration delay = Duration.ofMillis(250);

    RunOutcome outcome =
        run(Process.named("isolated").isolated(delay).workers(ids.toArray(String[]::new)));

    assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
    for (int i = 1; i < 3; i++) {
      long between = steps.at("i" + i, "begun") - steps.at("i" + (i - 1), "ended");
      assertThat(Duration.ofNanos(between)).isGreaterThanOrEqualTo(delay.minusMillis(2));
    }
    assertThat(steps.order()).hasSize(6);
  }
}
