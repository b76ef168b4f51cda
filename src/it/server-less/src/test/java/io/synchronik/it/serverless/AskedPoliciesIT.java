package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemDecision;
import io.synchronik.item.ItemPolicy;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemStanding;
import io.synchronik.item.ItemState;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.item.NewItem;
import io.synchronik.process.Process;
import io.synchronik.process.Verdict;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.unit.UnitId;
import io.synchronik.worker.RunContext;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** When policies are asked, and that nobody asks them twice. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class AskedPoliciesIT extends SharedNode {
  /** Items that end when they are let go, in a run that stays open. */
  private static final class Watched implements ItemWork<String, String> {
    final Probe<ItemStanding> asked = new Probe<>();
    final Semaphore go = new Semaphore(0);
    private final int count;

    Watched(int count) {
      this.count = count;
    }

    @Override
    public void enumerate(Items<String> items, RunContext run) {
      for (int i = 0; i < count; i++) {
        items.add("item-" + i);
      }
      if (count > 0) {
        items.keepOpen();
      }
    }

    @Override
    public String process(String payload, ItemContext item) throws InterruptedException {
      go.acquire();
      if (payload.equals("fails")) {
        throw new IllegalStateException(payload);
      }
      return payload;
    }

    @Override
    public ItemPolicy policy() {
      return standing -> {
        asked.accept(standing);
        return standing.statistics().failed() > 0 ? ItemDecision.FAIL : ItemDecision.CONTINUE;
      };
    }
  }

  private Watched watched(String id, int count) {
    Watched watched = new Watched(count);
    manager.registerUnit(ItemSource.worker(id, String.class, watched));
    return watched;
  }

  /** The loop has looked at all sets several times, and so has what decides about them. */
  private void loop() {
    for (int i = 0; i < 5; i++) {
      manager.runLoopOnce();
      // Decided behind all that the loop has found
      RunHandle last = manager.runUnitById("last");
      assertThat(last.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    }
  }

  @Override
  void prepare() {
    watched("last", 0);
  }

  @Test
  void onlyAfterItemsHaveEnded() {
    Watched watched = watched("watched", 3);
    RunHandle run = manager.runUnitById("watched");
    Await.until(Probe.PATIENCE, () -> itemStatistics(run).started() == 3);
    loop();
    assertThat(watched.asked.seen()).isEmpty();

    watched.go.release();
    ItemStanding first = watched.asked.awaitNext(standing -> true);
    assertThat(first.statistics().completed()).isEqualTo(1);
    assertThat(first.ended())
        .extracting(ItemStanding.Ended::state)
        .containsOnly(ItemState.COMPLETED);
    loop();
    assertThat(watched.asked.seen()).hasSize(1);

    // What is only added asks nobody
    manager.items().add(run.id().value(), NewItem.of("fails"));
    loop();
    assertThat(watched.asked.seen()).hasSize(1);

    watched.go.release(3);
    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.FAILED);
    assertThat(watched.asked.seen()).allMatch(standing -> standing.statistics().ended() > 0);
  }

  @Test
  void aRunWithoutItemsCompletesUnasked() {
    Watched watched = watched("none", 0);
    register("after-none", run -> "done");
    manager.registerUnit(
        Process.named("none-process")
            .worker("none")
            .worker("after-none")
            .after("none", result -> true)
            .build());
    RunHandle run = manager.runUnitById("none-process");

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(watched.asked.seen()).isEmpty();
    assertThat(
            manager
                .getProcessRun(run.id().value())
                .orElseThrow()
                .result()
                .of(new UnitId("after-none"))
                .orElseThrow()
                .verdict())
        .isEqualTo(Verdict.COMPLETED);
  }

  /** Blocks when it is asked for the first time, and is interrupted by the stop. */
  @Test
  void anAnswerThatAStopCutsOffIsAskedForAgain() {
    CountDownLatch block = new CountDownLatch(1);
    Probe<Integer> asked = new Probe<>();
    register("before-stop", run -> 7);
    register("after-stop", run -> "done");
    manager.registerUnit(
        Process.named("stopped-process")
            .worker("before-stop")
            .worker("after-stop")
            .after(
                "before-stop",
                (Integer result) -> {
                  asked.accept(result);
                  block.await();
                  return true;
                })
            .build());
    RunHandle run = manager.runUnitById("stopped-process");
    asked.awaitNext(result -> true);
    manager.stop();
    block.countDown();
    manager.start();

    RunHandle same = manager.findRun(run.id().value()).orElseThrow();
    assertThat(same.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(asked.seen()).containsExactly(7, 7);
    assertThat(
            manager
                .getProcessRun(run.id().value())
                .orElseThrow()
                .result()
                .of(new UnitId("after-stop"))
                .orElseThrow()
                .verdict())
        .isEqualTo(Verdict.COMPLETED);
  }
}
