package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.JournalQuery;
import io.synchronik.event.EventType;
import io.synchronik.event.Milestone;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.pool.PoolTask;
import io.synchronik.pool.PoolTaskQuery;
import io.synchronik.pool.PoolTaskState;
import io.synchronik.pool.PoolTaskView;
import io.synchronik.pool.PoolView;
import io.synchronik.pool.UnknownPoolException;
import io.synchronik.pool.WorkerPool;
import io.synchronik.run.RunId;
import io.synchronik.run.RunState;
import io.synchronik.run.WrongStateException;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Pools of one node: transactions, bean classes, history, stops. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class PoolIT extends SharedNode {

  @Worker(id = "render")
  static class Render implements Work<String> {
    @Override
    public String run(RunContext run) {
      return "cover " + run.payload(Integer.class);
    }
  }

  static class Several {
    @Worker(id = "one-of-two")
    void one() {}

    @Worker(id = "two-of-two")
    void two() {}
  }

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder
        .beans(Render.class, Several.class)
        .setting("synchronik.watcher-interval", "1h")
        .setting("synchronik.history.runs", "3")
        .setting("synchronik.history.retain", "1h");
  }

  private static void awaitState(WorkerPool pool, long id, PoolTaskState state) {
    Await.until(Probe.PATIENCE, () -> pool.findTask(id).orElseThrow().state() == state);
  }

  private static void awaitEnd(WorkerPool pool) {
    Await.until(
        Probe.PATIENCE,
        () -> {
          PoolView.Tasks tasks = pool.view().tasks();
          return tasks.running() + tasks.pending() == 0;
        });
  }

  @Test
  void taskIsGivenByTheClassOfItsWorker() {
    WorkerPool pool = manager.useWorkerPool("thumbnails", 4);

    long id = pool.addTask("cover-17", Render.class, 17);

    awaitState(pool, id, PoolTaskState.COMPLETED);
    PoolTaskView task = pool.findTask(id).orElseThrow();
    assertThat(task.outcome().result().as(String.class)).isEqualTo("cover 17");
    assertThat(task.given().worker()).hasToString("render");
    assertThatThrownBy(() -> pool.addTask("x", Several.class, null))
        .isInstanceOf(WrongStateException.class)
        .hasMessageContaining("SYNC-0108")
        .hasMessageContaining("one-of-two");
  }

  @Test
  void taskExistsOnlyIfItsTransactionCommits() throws Exception {
    WorkerPool pool = manager.useWorkerPool("transactional", 2);
    List<Long> ids = new ArrayList<>();

    assertThatThrownBy(
            () ->
                node.inTransaction(
                    () -> {
                      ids.add(pool.addTask("a", "render", null));
                      ids.add(pool.addTask("b", run -> "never"));
                      assertThat(pool.view().tasks().pending()).isEqualTo(2);
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");
    assertThat(pool.findTasks(PoolTaskQuery.LATEST).items()).isEmpty();
    node.inTransaction(
        () -> {
          ids.add(pool.addTask("a", "render", null));
          manager.runLoopOnce();
          assertThat(pool.findTask(1).orElseThrow().state()).isEqualTo(PoolTaskState.PENDING);
        });

    assertThat(ids).containsExactly(1L, 2L, 1L);
    awaitState(pool, 1, PoolTaskState.COMPLETED);
  }

  @Test
  void poolExistsOnlyIfItsTransactionCommits() {
    List<WorkerPool> used = new ArrayList<>();
    assertThatThrownBy(
            () ->
                node.inTransaction(
                    () -> {
                      used.add(manager.useWorkerPool("rolled-back", 2));
                      assertThat(used.get(0).view().size()).isEqualTo(2);
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");

    assertThat(manager.findWorkerPool("rolled-back")).isEmpty();
    assertThatThrownBy(() -> used.get(0).addTask("a", "render", null))
        .isInstanceOf(UnknownPoolException.class)
        .hasMessage("SYNC-0102 No pool has the name 'rolled-back'");
    assertThatThrownBy(() -> used.get(0).view()).isInstanceOf(UnknownPoolException.class);
    assertThatThrownBy(() -> used.get(0).simulateRun()).isInstanceOf(UnknownPoolException.class);
    assertThatThrownBy(() -> used.get(0).resize(1)).isInstanceOf(UnknownPoolException.class);
    assertThatThrownBy(() -> used.get(0).findTasks(PoolTaskQuery.LATEST))
        .isInstanceOf(UnknownPoolException.class);
    assertThatThrownBy(() -> used.get(0).pauseTask(1)).isInstanceOf(UnknownPoolException.class);
    assertThat(used.get(0).findTask(1)).isEmpty();
  }

  @Test
  void poolHeldByATransactionHoldsUpNoOther() throws Exception {
    WorkerPool blocked = manager.useWorkerPool("blocked", 1);
    WorkerPool other = manager.useWorkerPool("not-blocked", 1);

    node.inTransaction(
        () -> {
          blocked.addTask("a", "render", null);
          CompletableFuture.runAsync(
                  () -> {
                    other.addTask("a", "render", null);
                    awaitState(other, 1, PoolTaskState.COMPLETED);
                  })
              .get(Probe.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        });

    awaitState(blocked, 1, PoolTaskState.COMPLETED);
  }

  @Test
  void tasksAddedAtOnceGetIdsWithoutGaps() throws Exception {
    WorkerPool pool = manager.useWorkerPool("many", 3);
    List<CompletableFuture<Void>> threads =
        IntStream.range(0, 4)
            .mapToObj(
                thread ->
                    CompletableFuture.runAsync(
                        () ->
                            IntStream.range(0, 25)
                                .forEach(
                                    i -> pool.addTask("t" + thread + "-" + i, "render", null))))
            .toList();
    for (CompletableFuture<Void> thread : threads) {
      thread.get(Probe.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    awaitEnd(pool);

    assertThat(pool.findTasks(PoolTaskQuery.LATEST.limitedTo(1000)).items())
        .extracting(PoolTaskView::id)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, 100).map(i -> 101 - i).boxed().toList());
    assertThat(pool.view().tasks().completed()).isEqualTo(100);
  }

  @Test
  void historyOfTasksIsKeptAsLongAsThatOfRuns() throws Exception {
    register("kept", run -> String.valueOf(run.payload(Integer.class)));
    WorkerPool pool = manager.useWorkerPool("history", 1);
    for (int i = 1; i <= 5; i++) {
      pool.addTask("t" + i, "kept", i);
    }
    awaitEnd(pool);
    Held held = Held.interruptibly();
    register("kept-open", held);
    long open = pool.addTask("open", "kept-open", null);
    held.awaitBegun();
    long waiting = pool.addTask("waiting", "kept", 7);

    manager.runWatcherScan();

    assertThat(pool.findTasks(PoolTaskQuery.LATEST).items())
        .extracting(PoolTaskView::id)
        .containsExactly(waiting, open, 5L, 4L, 3L);
    database.execute(
        "update sk_pool_task set ended_at = ? where pool = 'history' and id = 4",
        Timestamp.from(manager.getRegistrySnapshot().at().minus(Duration.ofMinutes(61))));
    database.execute(
        "update sk_pool_task set added_at = ? where pool = 'history'",
        Timestamp.from(manager.getRegistrySnapshot().at().minus(Duration.ofMinutes(61))));
    manager.runWatcherScan();
    assertThat(pool.findTasks(PoolTaskQuery.LATEST).items())
        .extracting(PoolTaskView::id)
        .containsExactly(waiting, open, 5L, 3L);
    held.letAllGo();
    awaitEnd(pool);
    assertThat(pool.findTask(waiting).orElseThrow().outcome().result().as(String.class))
        .isEqualTo("7");
    assertThat(pool.addTask("next", "kept", null)).isEqualTo(8);
    awaitEnd(pool);
  }

  @Test
  void runsAreKeptUntilTheirTasksHaveTakenTheirEnds() throws Exception {
    Held held = Held.interruptibly();
    register(
        "untold",
        run -> {
          if (run.payload(Integer.class) == 1) {
            held.run(run);
          }
          return "told";
        });
    WorkerPool pool = manager.useWorkerPool("untold", 10);
    for (int i = 1; i <= 10; i++) {
      pool.addTask("t" + i, "untold", i);
    }
    RunId run = held.awaitBegun().run();
    Await.until(Probe.PATIENCE, () -> pool.view().tasks().completed() == 9);
    node.inTransaction(
        () -> {
          // Nobody can decide about the pool between the end of the run and the commit
          pool.resize(9);
          held.letGo();
          CompletableFuture.runAsync(
                  () -> {
                    Await.until(Probe.PATIENCE, () -> isCompleted(run));
                    manager.runWatcherScan();
                  })
              .get(2 * Probe.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        });

    awaitState(pool, 1, PoolTaskState.COMPLETED);
    assertThat(pool.findTask(1).orElseThrow().outcome().result().as(String.class))
        .isEqualTo("told");
    assertThat(pool.findTask(1).orElseThrow().outcome().run()).isEqualTo(run);
  }

  private boolean isCompleted(RunId run) {
    return manager.getRunById(run.value()).orElseThrow().state() == RunState.COMPLETED;
  }

  @Test
  void taskWhoseRunIsGoneEndsInAnErrorThatSaysSo() throws Exception {
    register("gone", Held.interruptibly());
    manager.pause("gone");
    WorkerPool pool = manager.useWorkerPool("gone", 1);
    long id = pool.addTask("a", "gone", null);
    awaitState(pool, id, PoolTaskState.RUNNING);

    manager.releaseUnit("gone");

    awaitState(pool, id, PoolTaskState.ERROR);
    assertThat(pool.findTask(id).orElseThrow().outcome().failure().message())
        .startsWith("SYNC-0111 Run ")
        .endsWith("did not start: the unit is being released");
    Await.until(Probe.PATIENCE, () -> manager.getUnitById("gone").isEmpty());
    register("gone", Held.interruptibly());
    manager.pause("gone");
    long next = pool.addTask("a", "gone", null);
    awaitState(pool, next, PoolTaskState.RUNNING);
    database.execute("delete from sk_run where unit = 'gone'");
    awaitState(pool, next, PoolTaskState.ERROR);
    assertThat(pool.findTask(next).orElseThrow().outcome().failure().message())
        .startsWith("SYNC-0110 Run ");
  }

  @Test
  void stopKeepsWhatIsPendingUntilTheNextStart() {
    Held held = Held.interruptibly();
    register("stopped", held);
    WorkerPool pool = manager.useWorkerPool("stopped", 1);
    long running = pool.addTask("running", "stopped", null);
    held.awaitBegun();
    long pending = pool.addTask("pending", "stopped", null);
    long code = pool.addTask("code", run -> "still here");

    manager.stop();

    assertThat(held.interrupted.seen()).hasSize(1);
    assertThat(pool.findTask(pending).orElseThrow().state()).isEqualTo(PoolTaskState.PENDING);
    long late = pool.addTask("late", "render", 1);
    assertThat(pool.simulateRun().text())
        .isEqualTo("Execution sequence: 1. pending, 2. code, 3. late");
    manager.start();
    held.letAllGo();

    awaitEnd(pool);
    assertThat(pool.view().tasks().completed()).isEqualTo(4);
    assertThat(pool.findTask(running).orElseThrow().outcome().result().as(Integer.class))
        .isEqualTo(1);
    assertThat(pool.findTask(code).orElseThrow().outcome().result().as(String.class))
        .isEqualTo("still here");
    assertThat(pool.findTask(late).orElseThrow().outcome().result().as(String.class))
        .isEqualTo("cover 1");
  }

  @Test
  void stopTakesTheEndOfWorkThatItWaitsFor() {
    Held held = Held.interruptibly();
    register("drained", held);
    WorkerPool pool = manager.useWorkerPool("drained", 1);
    pool.addTask("running", "drained", null);
    held.awaitBegun();
    pool.addTask("pending", "drained", null);
    manager.pause("drained");
    held.letGo();

    manager.stop();

    assertThat(held.begun.seen()).hasSize(1);
    assertThat(pool.view().tasks().completed()).isEqualTo(1);
    manager.start();
    manager.resume("drained");
    held.letAllGo();
    awaitEnd(pool);
    assertThat(pool.view().tasks().completed()).isEqualTo(2);
  }

  @Test
  void journalHasEachChangeOnce() {
    long from = manager.journalPosition();
    WorkerPool pool = manager.useWorkerPool("told", 1);
    long id = pool.addTask(PoolTask.of("a", "render").withPayload(3));
    awaitState(pool, id, PoolTaskState.COMPLETED);
    manager.runLoopOnce();

    List<Milestone> told =
        manager
            .readJournal(new JournalQuery(from, null, Set.of(EventType.MILESTONE), 1000))
            .stream()
            .map(entry -> (Milestone) entry.event())
            .filter(milestone -> milestone.milestoneId().startsWith("pool:told:"))
            .toList();

    assertThat(told)
        .extracting(Milestone::milestoneId)
        .containsExactly(
            "pool:told:created", "pool:told:added", "pool:told:started", "pool:told:completed");
    assertThat(told.get(0).content().json()).isEqualTo("{\"size\":1}");
    assertThat(told.get(1).content().json()).isEqualTo("{\"task\":1,\"name\":\"a\"}");
    assertThat(told.get(3).origin().unit()).hasToString("render");
    assertThat(told.get(3).run()).isPresent();
    assertThat(manager.getRunById(told.get(3).run().orElseThrow().value()).orElseThrow().state())
        .isEqualTo(RunState.COMPLETED);
  }
}
