package io.synchronik.it.scenarios;

import static io.synchronik.pool.PoolTaskState.CANCELED;
import static io.synchronik.pool.PoolTaskState.COMPLETED;
import static io.synchronik.pool.PoolTaskState.ERROR;
import static io.synchronik.pool.PoolTaskState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.SynchronikManager;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Probe;
import io.synchronik.pool.PoolTask;
import io.synchronik.pool.PoolTaskChange;
import io.synchronik.pool.PoolTaskQuery;
import io.synchronik.pool.PoolTaskView;
import io.synchronik.pool.PoolView;
import io.synchronik.pool.UnknownTaskException;
import io.synchronik.pool.WorkerPool;
import io.synchronik.process.Process;
import io.synchronik.run.Cause;
import io.synchronik.run.InvalidConfigurationException;
import io.synchronik.run.InvalidPayloadException;
import io.synchronik.run.RunView;
import io.synchronik.run.UnknownUnitException;
import io.synchronik.run.WrongStateException;
import io.synchronik.unit.UnitId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** What becomes of single tasks of a pool, and what is refused. */
public final class PoolTasks extends PoolScenario {
  private final Held held = Held.interruptibly();

  /** Prepares a scenario. */
  public PoolTasks(SynchronikManager manager) {
    super(manager);
  }

  public void resultIsKept() {
    register("pool-result", run -> "made of " + run.payload(String.class));
    WorkerPool pool = manager.useWorkerPool("result", 1);

    long id = pool.addTask(PoolTask.of("cover-17", "pool-result").withPayload("clay").by("kari"));

    awaitState(pool, id, COMPLETED);
    PoolTaskView task = task(pool, id);
    assertThat(task.pool()).isEqualTo("result");
    assertThat(task.name()).isEqualTo("cover-17");
    assertThat(task.given().worker()).isEqualTo(new UnitId("pool-result"));
    assertThat(task.given().durable()).isTrue();
    assertThat(task.given().requestedBy()).isEqualTo("kari");
    assertThat(task.given().payload().as(String.class)).isEqualTo("clay");
    assertThat(task.outcome().result().as(String.class)).isEqualTo("made of clay");
    assertThat(task.outcome().failure()).isNull();
    assertThat(task.times().startedAt()).isAfterOrEqualTo(task.times().addedAt());
    assertThat(task.times().endedAt()).isAfterOrEqualTo(task.times().startedAt());
    RunView run = runOf(task);
    assertThat(run.origin().cause()).isEqualTo(Cause.POOL);
    assertThat(run.origin().requestedBy()).isEqualTo("kari");
  }

  private RunView runOf(PoolTaskView task) {
    return manager
        .getRunById(Optional.ofNullable(task.outcome().run()).orElseThrow().value())
        .orElseThrow();
  }

  public void errorIsKeptAfterTheRetriesOfTheWorker() {
    register(
        "pool-error",
        run -> {
          throw new IllegalStateException("no luck at attempt " + run.attempt());
        },
        config -> config.maxRetries(2).retryDelay(Duration.ofMillis(1)));
    WorkerPool pool = manager.useWorkerPool("error", 1);

    long id = pool.addTask("unlucky", "pool-error", null);
    long next = pool.addTask(PoolTask.of("next", run -> "goes on"));

    awaitState(pool, id, ERROR);
    assertThat(message(task(pool, id).outcome().failure())).isEqualTo("no luck at attempt 3");
    assertThat(runOf(task(pool, id)).execution().attempt()).isEqualTo(3);
    assertThat(task(pool, id).outcome().result().json()).isNull();
    awaitState(pool, next, COMPLETED);
  }

  public void taskWhoseRunIsCancelledIsCanceledAndFreesItsPlace() {
    register("pool-cancelled-run", held);
    WorkerPool pool = manager.useWorkerPool("cancelled-run", 1);
    long first = pool.addTask("first", "pool-cancelled-run", null);
    held.awaitBegun();
    long second = pool.addTask("second", "pool-cancelled-run", null);

    manager.findRun(runOf(task(pool, first)).id().value()).orElseThrow().cancel();

    awaitState(pool, first, CANCELED);
    assertThat(task(pool, first).outcome().reason()).startsWith("cancelled by");
    held.awaitBegun();
    held.letAllGo();
    awaitState(pool, second, COMPLETED);
  }

  public void onlyPendingTasksArePausedCancelledAndChanged() {
    register("pool-refusing", held);
    WorkerPool pool = manager.useWorkerPool("refusing", 1);
    long running = pool.addTask("running", "pool-refusing", null);
    held.awaitBegun();
    long pending = pool.addTask("pending", "pool-refusing", null);
    long paused = pool.addTask("paused", "pool-refusing", null);
    pool.pauseTask(paused);

    pool.cancelTask(pending);
    pool.cancelTask(paused);

    assertThat(task(pool, pending).state()).isEqualTo(CANCELED);
    assertThat(task(pool, pending).outcome().reason()).startsWith("cancelled by");
    assertThat(task(pool, pending).outcome().run()).isNull();
    assertThat(task(pool, pending).times().endedAt()).isNotNull();
    assertThat(task(pool, paused).state()).isEqualTo(CANCELED);
    assertThat(pool.simulateRun().text()).isEqualTo("No tasks pending for execution.");
    assertRefused(pool, running, "SYNC-0106 Task 1 ('running') of pool 'refusing' is running: ");
    assertRefused(pool, pending, "SYNC-0106 Task 2 ('pending') of pool 'refusing' is canceled: ");
    held.letAllGo();
    awaitState(pool, running, COMPLETED);
    assertRefused(pool, running, "SYNC-0106 Task 1 ('running') of pool 'refusing' is completed: ");
    assertThat(held.begun.seen()).hasSize(1);
  }

  private static void assertRefused(WorkerPool pool, long id, String message) {
    PoolTaskView before = task(pool, id);
    assertWrongState(() -> pool.pauseTask(id), message + "only a pending task can be paused");
    assertWrongState(() -> pool.resumeTask(id), message + "only a pending task can be resumed");
    assertWrongState(() -> pool.cancelTask(id), message + "only a pending task can be canceled");
    assertWrongState(
        () -> pool.updateTask(id, PoolTaskChange.NONE.withPriority(1)),
        message + "only a pending task can be updated");
    assertThat(task(pool, id).state()).isEqualTo(before.state());
    assertThat(task(pool, id).given().priority()).isEqualTo(before.given().priority());
  }

  private static void assertWrongState(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(WrongStateException.class).hasMessage(message);
  }

  public void nameOfATaskThatHasNotEndedIsRefused() {
    register("pool-names", held);
    WorkerPool pool = manager.useWorkerPool("names", 1);
    pool.addTask("running", "pool-names", null);
    held.awaitBegun();
    pool.addTask("pending", "pool-names", null);
    pool.pauseTask(pool.addTask("paused", "pool-names", null));

    for (String name : List.of("running", "pending", "paused")) {
      assertThatThrownBy(() -> pool.addTask(name, "pool-names", null))
          .isInstanceOf(WrongStateException.class)
          .hasMessageMatching(
              "SYNC-0104 Pool 'names' has a task '" + name + "' already: task \\d is " + name);
    }
    pool.cancelTask(2);
    assertThat(pool.addTask("pending", "pool-names", null)).isEqualTo(4);
    pool.resumeTask(3);
    held.letAllGo();
    awaitEnd(pool);
    assertThat(pool.addTask("running", "pool-names", null)).isEqualTo(5);
    awaitEnd(pool);
  }

  public void whatIsWrongIsSaidAndChangesNothing() {
    register("pool-wrong", run -> 1);
    define(Process.named("pool-wrong-process").workers("pool-wrong"));
    WorkerPool pool = manager.useWorkerPool("wrong", 2);
    PoolView before = pool.view();

    for (int size : new int[] {0, -1, 10_001}) {
      assertWrongField(() -> pool.resize(size), "size", "SYNC-0101");
      assertWrongField(() -> manager.useWorkerPool("wrong", size), "size", "SYNC-0101");
      assertWrongField(() -> manager.useWorkerPool("never", size), "size", "SYNC-0101");
    }
    for (String name : List.of("", "a b", "a/b", "ø", "x".repeat(129))) {
      assertWrongField(() -> manager.useWorkerPool(name, 1), "name", "SYNC-0100");
    }
    for (String name : List.of("", "x".repeat(201), "a\0b", "a\nb")) {
      assertWrongField(() -> pool.addTask(name, "pool-wrong", null), "name", "SYNC-0103");
    }
    assertThatThrownBy(() -> pool.addTask("a", "nobody", null))
        .isInstanceOf(UnknownUnitException.class)
        .hasMessage("SYNC-0060 No unit has the id 'nobody'");
    assertThatThrownBy(() -> pool.addTask("a", "not an id", null))
        .isInstanceOf(UnknownUnitException.class);
    assertWrongState(
        () -> pool.addTask("a", "pool-wrong-process", null),
        "SYNC-0075 Unit 'pool-wrong-process' is a process, not a worker");
    assertWrongState(
        () -> pool.addTask("a", Held.class, null),
        "SYNC-0107 The class " + Held.class.getName() + " declares no worker");
    assertThatThrownBy(() -> pool.addTask("a", "pool-wrong", "x".repeat(70_000)))
        .isInstanceOf(InvalidPayloadException.class)
        .hasMessageContaining("SYNC-0067 The payload of task 'a' has 70002 bytes");
    assertThatThrownBy(() -> pool.pauseTask(1))
        .isInstanceOf(UnknownTaskException.class)
        .hasMessageContaining("SYNC-0105 Pool 'wrong' has no task 1");
    assertThat(pool.findTask(1)).isEmpty();
    assertThat(pool.view()).isEqualTo(before);
    assertThat(pool.findTasks(PoolTaskQuery.LATEST).items()).isEmpty();
    assertThat(manager.findWorkerPool("never")).isEmpty();
    assertThat(pool.addTask("a", "pool-wrong", null)).isEqualTo(1);
    awaitEnd(pool);
  }

  private static void assertWrongField(ThrowingCallable call, String field, String number) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            InvalidConfigurationException.class,
            thrown -> {
              assertThat(thrown.field()).isEqualTo(field);
              assertThat(thrown).hasMessageStartingWith(number + " ");
            });
  }

  public void tooLargeAPayloadLeavesATaskAsItIs() {
    register("pool-large", held);
    WorkerPool pool = manager.useWorkerPool("large", 1);
    pool.addTask("running", "pool-large", null);
    long id = pool.addTask("waiting", "pool-large", "small");

    assertThatThrownBy(
            () ->
                pool.updateTask(
                    id, PoolTaskChange.NONE.withPriority(3).withPayload("x".repeat(70_000))))
        .isInstanceOf(InvalidPayloadException.class);

    assertThat(task(pool, id).given().priority()).isZero();
    assertThat(task(pool, id).given().payload().json()).isEqualTo("\"small\"");
    held.letAllGo();
    awaitEnd(pool);
  }

  public void codeInMemoryIsATaskThatSaysSo() {
    register("pool-durable", run -> "by a worker");
    WorkerPool pool = manager.useWorkerPool("in-memory", 1);
    long busy = pool.addTask("busy", held);
    awaitState(pool, busy, RUNNING);
    long durable = pool.addTask("durable", "pool-durable", null);
    long code =
        pool.addTask(
            PoolTask.of("code", run -> "made of " + run.payload(String.class))
                .withPayload("thought")
                .withPriority(1));
    long failing =
        pool.addTask(
            "failing",
            run -> {
              throw new IllegalStateException("no luck in memory");
            });

    assertThat(pool.simulateRun().text())
        .isEqualTo("Execution sequence: 1. code, 2. durable, 3. failing");
    held.letAllGo();
    awaitEnd(pool);

    assertThat(task(pool, code).given().durable()).isFalse();
    assertThat(task(pool, code).given().worker()).isNull();
    assertThat(task(pool, code).outcome().result().as(String.class)).isEqualTo("made of thought");
    assertThat(task(pool, durable).given().durable()).isTrue();
    assertThat(task(pool, durable).outcome().result().as(String.class)).isEqualTo("by a worker");
    assertThat(task(pool, failing).state()).isEqualTo(ERROR);
    assertThat(message(task(pool, failing).outcome().failure())).isEqualTo("no luck in memory");
    assertThat(pool.view().size()).isEqualTo(1);
  }

  public void pausedWorkerKeepsItsTaskWaitingInItsPlace() {
    register("pool-paused-worker", run -> "at last");
    WorkerPool pool = manager.useWorkerPool("paused-worker", 1);
    manager.pause("pool-paused-worker");
    long id = pool.addTask("waits", "pool-paused-worker", null);
    awaitState(pool, id, RUNNING);
    manager.runLoopOnce();
    assertThat(runOf(task(pool, id)).times().startedAt()).isNull();

    manager.resume("pool-paused-worker");

    awaitState(pool, id, COMPLETED);
    assertThat(task(pool, id).outcome().result().as(String.class)).isEqualTo("at last");
    manager.disable("pool-paused-worker");
    long disabled = pool.addTask("waits too", "pool-paused-worker", null);
    awaitState(pool, disabled, RUNNING);
    manager.runLoopOnce();
    assertThat(runOf(task(pool, disabled)).times().startedAt()).isNull();
    manager.enable("pool-paused-worker");
    awaitState(pool, disabled, COMPLETED);
  }

  public void tasksOfAReleasedWorkerEndInAnErrorThatSaysSo() {
    register("pool-released", held);
    register("pool-staying", run -> 1);
    WorkerPool pool = manager.useWorkerPool("released", 1);
    long running = pool.addTask("running", "pool-released", null);
    held.awaitBegun();
    long waiting = pool.addTask("waiting", "pool-released", null);
    long other = pool.addTask("other", "pool-staying", null);

    manager.releaseUnit("pool-released");
    assertWrongState(
        () -> pool.addTask("late", "pool-released", null),
        "SYNC-0113 Worker 'pool-released' is being released");
    held.letAllGo();

    awaitEnd(pool);
    assertThat(task(pool, running).state()).isEqualTo(COMPLETED);
    assertThat(task(pool, running).outcome().result().as(Integer.class)).isEqualTo(1);
    assertThat(task(pool, waiting).state()).isEqualTo(ERROR);
    assertThat(message(task(pool, waiting).outcome().failure()))
        .isEqualTo("SYNC-0109 Worker 'pool-released' was released before the task could begin");
    assertThat(task(pool, other).state()).isEqualTo(COMPLETED);
  }

  public void eachChangeIsAnnouncedOnce() {
    register("pool-news", held);
    WorkerPool pool = manager.useWorkerPool("news", 1);
    pool.addTask("a", "pool-news", null);
    held.awaitBegun();
    long b = pool.addTask("b", "pool-news", null);
    pool.pauseTask(b);
    pool.updateTask(b, PoolTaskChange.NONE.withPriority(2));
    pool.resumeTask(b);
    pool.cancelTask(b);
    pool.addTask(
        "c",
        run -> {
          throw new IllegalStateException("no luck");
        });
    pool.resize(2);
    pool.resize(2);
    held.letAllGo();
    awaitEnd(pool);

    events.awaitCount(1, event -> news(pool).contains("failed c"), Probe.PATIENCE);
    events.awaitCount(1, event -> news(pool).contains("completed a"), Probe.PATIENCE);

    assertThat(news(pool))
        .containsExactlyInAnyOrder(
            "created",
            "added a",
            "started a",
            "added b",
            "paused b",
            "updated b",
            "resumed b",
            "canceled b",
            "added c",
            "resized",
            "started c",
            "failed c",
            "completed a");
    assertThat(news(pool))
        .containsSubsequence("added a", "started a", "added b", "paused b", "completed a")
        .containsSubsequence("added c", "started c", "failed c");
  }

  public void listsAreNewestFirstAndPaged() {
    register("pool-lists", run -> 1);
    WorkerPool pool = manager.useWorkerPool("lists", 3);
    for (int i = 1; i <= 5; i++) {
      pool.addTask("t" + i, "pool-lists", null);
    }
    awaitEnd(pool);

    PoolTaskQuery two = PoolTaskQuery.LATEST.limitedTo(2).in(COMPLETED);
    assertThat(pool.findTasks(two).items()).extracting(PoolTaskView::id).containsExactly(5L, 4L);
    @Nullable String next = pool.findTasks(two).next();
    assertThat(next).isEqualTo("4");
    assertThat(pool.findTasks(two.before(4)).items())
        .extracting(PoolTaskView::id)
        .containsExactly(3L, 2L);
    assertThat(pool.findTasks(two.before(2)).next()).isNull();
    assertThat(names(pool, RUNNING)).isEmpty();
    assertThat(manager.listWorkerPools()).extracting(PoolView::name).contains("lists").isSorted();
    assertThat(manager.listWorkerPools()).contains(pool.view());
  }

  public void sizeThatTheCodeGivesAgainLeavesWhatWasSetSince() {
    WorkerPool pool = manager.useWorkerPool("sizes", 2);
    pool.resize(5);

    assertThat(manager.useWorkerPool("sizes", 2).view().size()).isEqualTo(5);
    assertThat(manager.useWorkerPool("sizes", 3).view().size()).isEqualTo(3);
    assertThat(manager.findWorkerPool("sizes").orElseThrow().view().size()).isEqualTo(3);
  }
}
