package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.RunRequest;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemQuery;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemView;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.process.Process;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunId;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import io.synchronik.schedule.Overlap;
import io.synchronik.task.SubTasks;
import io.synchronik.worker.RunContext;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Work that waits for what cannot end before itself: refused at once, whoever waits. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class WaitsForItselfIT extends SharedNode {

  private RunState joined(RunId run) {
    return manager.findRun(run.value()).orElseThrow().join(Probe.PATIENCE).state();
  }

  @Test
  void workThatWaitsForItsOwnRunIsRefused() {
    register("itself", run -> joined(run.run()));

    assertRefused(manager.runWorkerById("itself"), "SYNC-0200");
  }

  @Test
  void sameRunByItsKeyIsRefused() {
    RunRequest once = RunRequest.PLAIN.withKey("once");
    register("by-key", run -> manager.runUnitById("by-key", once).join(Probe.PATIENCE).state());

    assertRefused(manager.runUnitById("by-key", once), "SYNC-0200");
  }

  @Test
  void subTasksOfTheRunAreRefused() {
    register(
        "by-sub-tasks",
        run ->
            SubTasks.of(List.of(1, 2))
                .concurrency(2)
                .run(number -> joined(run.run()))
                .failed()
                .get(0)
                .error());

    RunOutcome outcome = manager.runWorkerById("by-sub-tasks").join(Probe.PATIENCE);

    assertThat(outcome.result().as(String.class)).contains("SYNC-0200");
  }

  @Test
  void itemsOfTheRunAreRefused() {
    manager.registerUnit(
        ItemSource.worker(
            "by-items",
            Integer.class,
            new ItemWork<Integer, RunState>() {
              @Override
              public void enumerate(Items<Integer> items, RunContext run) {
                items.add(1);
              }

              @Override
              public RunState process(Integer number, ItemContext item) {
                return joined(item.run());
              }
            }));

    RunHandle run = manager.runWorkerById("by-items");

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.FAILED);
    ItemView item = manager.items().list(run.id().value(), ItemQuery.FIRST).items().get(0);
    assertThat(item.execution().failure().message()).contains("SYNC-0200");
  }

  @Test
  void partsOfTheRunAreRefused() {
    register("part", run -> joined(run.process().orElseThrow()));
    manager.registerUnit(Process.named("whole").workers("part").build());

    RunHandle run = manager.runProcessById("whole");

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.FAILED);
    assertThat(run.join(Probe.PATIENCE).failure().message()).contains("SYNC-0200");
  }

  @Test
  void runThatQueuesBehindTheOneThatWaitsIsRefused() {
    register(
        "queued",
        run ->
            run.payload(String.class) == null
                ? manager.runWorkerById("queued", "second").join(Probe.PATIENCE).state()
                : RunState.COMPLETED,
        config -> config.overlap(Overlap.QUEUE));

    assertRefused(manager.runWorkerById("queued"), "SYNC-0201");
  }

  @Test
  void runThatMayOverlapIsWaitedFor() {
    register(
        "beside",
        run ->
            run.payload(String.class) == null
                ? manager.runWorkerById("beside", "second").join(Probe.PATIENCE).state()
                : RunState.COMPLETED,
        config -> config.overlap(Overlap.ALLOW));

    RunOutcome outcome = manager.runWorkerById("beside").join(Probe.PATIENCE);

    assertThat(outcome.result().as(RunState.class)).isEqualTo(RunState.COMPLETED);
  }

  @Test
  void runThatIsSkippedIsWaitedFor() {
    register("skipped", run -> manager.runWorkerById("skipped").join(Probe.PATIENCE).state());

    RunOutcome outcome = manager.runWorkerById("skipped").join(Probe.PATIENCE);

    assertThat(outcome.result().as(RunState.class)).isEqualTo(RunState.SKIPPED);
  }

  private static void assertRefused(RunHandle run, String number) {
    RunOutcome outcome = run.join(Probe.PATIENCE);
    assertThat(outcome.state()).isEqualTo(RunState.FAILED);
    assertThat(outcome.failure().type()).isEqualTo(IllegalStateException.class.getName());
    assertThat(outcome.failure().message()).contains(number);
  }
}
