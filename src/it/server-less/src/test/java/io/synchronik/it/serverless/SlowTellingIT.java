package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.event.JournalEntry;
import io.synchronik.event.Milestone;
import io.synchronik.event.Subscription;
import io.synchronik.event.UnitCompleted;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Code that is told something and does not return delays nothing but what it would be told next.
 */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class SlowTellingIT extends SharedNode {
  private static final int BLOCKED = 12;
  private static final int OTHERS = 12;

  private final List<CountDownLatch> blocks = new ArrayList<>();

  @Override
  void prepare() {
    for (int i = 0; i < OTHERS; i++) {
      register("other-" + i, run -> "done");
    }
    for (int i = 0; i < BLOCKED; i++) {
      register("blocked-" + i, run -> "done");
    }
  }

  @AfterEach
  void letAllGo() {
    blocks.forEach(CountDownLatch::countDown);
  }

  /** Blocks until the test is over. */
  private static void block(CountDownLatch block) {
    try {
      block.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private CountDownLatch newBlock() {
    CountDownLatch block = new CountDownLatch(1);
    blocks.add(block);
    return block;
  }

  private void othersGoOn() {
    List<RunHandle> runs = new ArrayList<>();
    for (int i = 0; i < OTHERS; i++) {
      runs.add(manager.runWorkerById("other-" + i));
    }
    for (RunHandle run : runs) {
      assertThat(run.outcome().toCompletableFuture())
          .succeedsWithin(Probe.PATIENCE)
          .matches(outcome -> outcome.state() == RunState.COMPLETED);
      events.awaitCount(
          1,
          event -> event instanceof UnitCompleted && event.run().orElseThrow().equals(run.id()),
          Probe.PATIENCE);
    }
  }

  @Test
  void continuationsThatBlock() {
    CountDownLatch block = newBlock();
    Probe<String> begun = new Probe<>();
    for (int i = 0; i < BLOCKED; i++) {
      String unit = "blocked-" + i;
      // What follows on an outcome that is there already runs on the thread that says so
      Thread asking =
          new Thread(
              () ->
                  manager
                      .runWorkerById(unit)
                      .outcome()
                      .thenAccept(
                          outcome -> {
                            begun.accept(unit);
                            block(block);
                          }),
              "asks-for-" + unit);
      asking.setDaemon(true);
      asking.start();
    }
    begun.awaitCount(BLOCKED, unit -> true, Probe.PATIENCE);

    othersGoOn();
    // Nor does one wait for another of the same unit
    assertThat(manager.runWorkerById("blocked-0").join(Probe.PATIENCE).state())
        .isEqualTo(RunState.COMPLETED);
  }

  @Test
  void continuationsThatWaitForOtherRuns() {
    Probe<RunState> ended = new Probe<>();
    for (int i = 0; i < BLOCKED; i++) {
      manager
          .runWorkerById("blocked-" + i)
          .outcome()
          .thenAccept(
              outcome ->
                  ended.accept(manager.runWorkerById("blocked-0").join(Probe.PATIENCE).state()))
          .thenRun(
              () ->
                  ended.accept(
                      manager
                          .runWorkerById("blocked-1")
                          .outcome()
                          .toCompletableFuture()
                          .join()
                          .state()));
    }

    assertThat(ended.awaitCount(2 * BLOCKED, RunState::isFinal, Probe.PATIENCE))
        .hasSize(2 * BLOCKED);
  }

  @Test
  void followersThatBlock() {
    CountDownLatch block = newBlock();
    Probe<JournalEntry> begun = new Probe<>();
    List<Subscription> blocked = new ArrayList<>();
    for (int i = 0; i < BLOCKED; i++) {
      blocked.add(
          manager.followJournal(
              manager.journalPosition(),
              entry -> {
                begun.accept(entry);
                block(block);
              }));
    }
    manager.emitMilestone("blocks followers", null);
    begun.awaitCount(BLOCKED, entry -> true, Probe.PATIENCE);
    Probe<JournalEntry> other = Probe.journal(manager);

    othersGoOn();
    manager.emitMilestone("told to the others", null);

    other.awaitNext(entry -> isMilestone("told to the others", entry), Probe.PATIENCE);
    assertThat(begun.seen()).hasSize(BLOCKED);
    block.countDown();
    begun.awaitCount(BLOCKED, entry -> isMilestone("told to the others", entry), Probe.PATIENCE);
    blocked.forEach(Subscription::unsubscribe);
  }

  @Test
  void observersThatBlock() {
    CountDownLatch block = newBlock();
    Probe<String> begun = new Probe<>();
    Subscription blocking =
        manager.onComplete(
            event -> {
              String unit = event.origin().unit().value();
              if (unit.startsWith("blocked-")) {
                begun.accept(unit);
                block(block);
              }
            });
    for (int i = 0; i < BLOCKED; i++) {
      manager.runWorkerById("blocked-" + i);
    }
    begun.awaitCount(BLOCKED, unit -> true, Probe.PATIENCE);

    othersGoOn();
    // Its events wait, its outcomes do not
    assertThat(manager.runWorkerById("blocked-0").join(Probe.PATIENCE).state())
        .isEqualTo(RunState.COMPLETED);
    blocking.unsubscribe();
  }

  @Test
  void observersThatWaitForRunsOfTheirOwnUnit() {
    Probe<RunState> ended = new Probe<>();
    Set<String> waited = ConcurrentHashMap.newKeySet();
    Subscription waiting =
        manager.onComplete(
            event -> {
              String unit = event.origin().unit().value();
              if (unit.startsWith("blocked-") && waited.add(unit)) {
                ended.accept(manager.runWorkerById(unit).join(Probe.PATIENCE).state());
                ended.accept(
                    manager
                        .runWorkerById("other-0")
                        .outcome()
                        .toCompletableFuture()
                        .join()
                        .state());
              }
            });
    for (int i = 0; i < BLOCKED; i++) {
      manager.runWorkerById("blocked-" + i);
    }

    assertThat(ended.awaitCount(2 * BLOCKED, RunState::isFinal, Probe.PATIENCE))
        .hasSize(2 * BLOCKED);
    waiting.unsubscribe();
  }

  private static boolean isMilestone(String id, JournalEntry entry) {
    return entry.event() instanceof Milestone milestone && milestone.milestoneId().equals(id);
  }

  @Test
  void aFollowerThatWaitsForRuns() {
    Probe<RunState> ended = new Probe<>();
    Subscription following =
        manager.followJournal(
            manager.journalPosition(),
            entry -> {
              if (isMilestone("run something", entry)) {
                ended.accept(manager.runWorkerById("other-0").join(Probe.PATIENCE).state());
              }
            });

    manager.emitMilestone("run something", null);

    ended.awaitNext(RunState::isFinal, Probe.PATIENCE);
    following.unsubscribe();
  }
}
