package io.synchronik.it.scenarios;

import static io.synchronik.pool.PoolTaskState.COMPLETED;
import static io.synchronik.pool.PoolTaskState.PENDING;
import static io.synchronik.pool.PoolTaskState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.SynchronikManager;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Probe;
import io.synchronik.pool.PoolSimulation;
import io.synchronik.pool.PoolTask;
import io.synchronik.pool.PoolTaskChange;
import io.synchronik.pool.WorkerPool;
import io.synchronik.run.Cause;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;

/** Which tasks of a pool begin, and when. */
public final class PoolOrder extends PoolScenario {
  private final Held held = Held.interruptibly();
  private final Probe<String> begun = new Probe<>();

  /** Prepares a scenario. */
  public PoolOrder(SynchronikManager manager) {
    super(manager);
  }

  /** Work that tells the payload, and waits to be let go. */
  private Work<Integer> telling() {
    return run -> {
      begun.accept(String.valueOf(run.payload(String.class)));
      return held.run(run);
    };
  }

  private long add(WorkerPool pool, String name, String worker, int priority) {
    return pool.addTask(PoolTask.of(name, worker).withPayload(name).withPriority(priority));
  }

  public void idsCountFromOneInEachPool() {
    register("pool-ids", run -> 1);
    WorkerPool one = manager.useWorkerPool("ids-one", 1);
    WorkerPool other = manager.useWorkerPool("ids-other", 1);

    assertThat(one.addTask("a", "pool-ids", null)).isEqualTo(1);
    assertThat(one.addTask("b", "pool-ids", null)).isEqualTo(2);
    assertThat(other.addTask("a", "pool-ids", null)).isEqualTo(1);
    awaitEnd(one);
    assertThat(one.addTask("a", "pool-ids", null)).isEqualTo(3);
    awaitEnd(one);
    awaitEnd(other);
  }

  public void higherPriorityBeginsFirstThenTheOlderTask() {
    register("pool-order", telling());
    WorkerPool pool = manager.useWorkerPool("order", 1);
    add(pool, "first", "pool-order", 0);
    begun.awaitNext("first"::equals);

    add(pool, "low-1", "pool-order", -1);
    add(pool, "mid-1", "pool-order", 0);
    add(pool, "top-1", "pool-order", 7);
    add(pool, "mid-2", "pool-order", 0);
    add(pool, "top-2", "pool-order", 7);

    assertThat(pool.simulateRun().text())
        .isEqualTo("Execution sequence: 1. top-1, 2. top-2, 3. mid-1, 4. mid-2, 5. low-1");
    held.letAllGo();
    awaitEnd(pool);
    assertThat(begun.seen()).containsExactly("first", "top-1", "top-2", "mid-1", "mid-2", "low-1");
    assertThat(pool.simulateRun().text()).isEqualTo("No tasks pending for execution.");
    assertThat(pool.view().tasks().completed()).isEqualTo(6);
  }

  public void asManyRunAtOnceAsThePoolHasPlacesWhateverTheOverlapPolicySays() {
    register("pool-size", steps.step(held));
    WorkerPool pool = manager.useWorkerPool("size", 3);
    for (int i = 1; i <= 7; i++) {
      pool.addTask("task-" + i, "pool-size", null);
    }

    held.begun.awaitCount(3, run -> true, Probe.PATIENCE);
    manager.runLoopOnce();
    assertThat(names(pool, RUNNING)).containsExactly("task-3", "task-2", "task-1");
    assertThat(held.begun.seen()).hasSize(3);
    assertThat(held.begun.seen()).extracting(RunContext::cause).containsOnly(Cause.POOL);
    held.letAllGo();
    awaitEnd(pool);
    assertThat(steps.most()).isEqualTo(3);
    assertThat(names(pool, COMPLETED)).hasSize(7);
  }

  public void pausedTaskHoldsBackAllBehindItWhileThoseThatRunGoOn() {
    register("pool-pause", telling());
    WorkerPool pool = manager.useWorkerPool("pause", 1);
    long running = add(pool, "running", "pool-pause", 0);
    begun.awaitNext("running"::equals);
    long before = add(pool, "before", "pool-pause", 0);
    long paused = add(pool, "paused", "pool-pause", 0);
    long behind = add(pool, "behind", "pool-pause", 0);

    pool.pauseTask(paused);
    pool.pauseTask(paused);

    assertThat(pool.simulateRun().text()).isEqualTo("Execution sequence: 1. before");
    held.letAllGo();
    awaitState(pool, running, COMPLETED);
    awaitState(pool, before, COMPLETED);
    manager.runLoopOnce();
    manager.runWatcherScan();
    manager.runLoopOnce();
    assertThat(names(pool, PENDING)).containsExactly("behind");
    assertThat(begun.seen()).containsExactly("running", "before");
    assertThat(pool.view().tasks().paused()).isEqualTo(1);
    assertThat(pool.simulateRun().text()).isEqualTo("No tasks pending for execution.");
    add(pool, "urgent", "pool-pause", 1);
    begun.awaitNext("urgent"::equals);

    pool.resumeTask(paused);

    awaitEnd(pool);
    assertThat(begun.seen()).containsExactly("running", "before", "urgent", "paused", "behind");
    assertThat(task(pool, behind).state()).isEqualTo(COMPLETED);
    assertThat(news(pool)).filteredOn(one -> one.startsWith("paused ")).hasSize(1);
  }

  public void priorityAndPayloadOfAPendingTaskCanBeChanged() {
    register("pool-update", telling());
    WorkerPool pool = manager.useWorkerPool("update", 1);
    add(pool, "first", "pool-update", 0);
    begun.awaitNext("first"::equals);
    add(pool, "a", "pool-update", 3);
    long b = add(pool, "b", "pool-update", 0);
    long c = add(pool, "c", "pool-update", 0);

    pool.updateTask(b, PoolTaskChange.NONE.withPriority(9).withPayload("new b"));
    pool.pauseTask(c);
    pool.updateTask(c, PoolTaskChange.NONE.withPayload(null));
    pool.resumeTask(c);

    assertThat(task(pool, b).given().priority()).isEqualTo(9);
    assertThat(task(pool, b).given().payload().json()).isEqualTo("\"new b\"");
    assertThat(task(pool, c).given().priority()).isZero();
    assertThat(pool.simulateRun().text()).isEqualTo("Execution sequence: 1. b, 2. a, 3. c");
    held.letAllGo();
    awaitEnd(pool);
    assertThat(begun.seen()).containsExactly("first", "new b", "a", "null");
  }

  public void morePlacesCountAtOnceAndFewerWaitForTheEndOfRunningTasks() {
    register("pool-resize", steps.step(held));
    WorkerPool pool = manager.useWorkerPool("resize", 1);
    for (int i = 1; i <= 6; i++) {
      pool.addTask("task-" + i, "pool-resize", null);
    }
    held.begun.awaitCount(1, run -> true, Probe.PATIENCE);
    assertThat(pool.simulateRun().tasks())
        .extracting(PoolSimulation.Planned::atOnce)
        .containsOnly(false);

    pool.resize(3);
    held.begun.awaitCount(3, run -> true, Probe.PATIENCE);
    pool.resize(2);
    manager.runLoopOnce();

    assertThat(pool.view().size()).isEqualTo(2);
    assertThat(pool.view().tasks().running()).isEqualTo(3);
    held.letGo();
    held.letGo();
    held.begun.awaitCount(4, run -> true, Probe.PATIENCE);
    manager.runLoopOnce();
    assertThat(held.begun.seen()).hasSize(4);
    assertThat(pool.view().tasks().running()).isEqualTo(2);
    held.letAllGo();
    awaitEnd(pool);
    assertThat(steps.most()).isEqualTo(3);
    assertThat(pool.view().tasks().completed()).isEqualTo(6);
  }

  public void simulationTellsForWhichTasksThereIsAPlaceNow() {
    register("pool-simulated", run -> 1);
    WorkerPool pool = manager.useWorkerPool("simulated", 2);
    register("pool-simulated-held", steps.step(held));
    long running = pool.addTask("running", "pool-simulated-held", null);
    awaitState(pool, running, RUNNING);
    long first = pool.addTask("x", "pool-simulated-held", null);
    awaitState(pool, first, RUNNING);
    long y = pool.addTask("y", "pool-simulated", null);
    long z = pool.addTask("z", "pool-simulated", null);
    pool.pauseTask(y);
    pool.resize(3);

    assertThat(pool.simulateRun().tasks()).isEmpty();
    pool.updateTask(z, PoolTaskChange.NONE.withPriority(-1));
    pool.updateTask(y, PoolTaskChange.NONE.withPriority(-2));
    awaitState(pool, z, COMPLETED);
    long last = pool.addTask(PoolTask.of("last", "pool-simulated").withPriority(-3));

    assertThat(pool.simulateRun().tasks()).isEmpty();
    pool.cancelTask(last);
    pool.resumeTask(y);
    held.letAllGo();
    awaitEnd(pool);
  }

  public void poolsDoNotInterfereWithOneAnother() {
    register("pool-busy", steps.step(held));
    register("pool-free", run -> "free");
    WorkerPool busy = manager.useWorkerPool("busy", 1);
    WorkerPool free = manager.useWorkerPool("free", 1);
    long running = busy.addTask("same", "pool-busy", null);
    long waiting = busy.addTask("waiting", "pool-busy", null);
    busy.pauseTask(waiting);

    for (int i = 0; i < 5; i++) {
      free.addTask(i == 0 ? "same" : "task-" + i, "pool-free", i);
    }

    awaitEnd(free);
    assertThat(free.view().tasks().completed()).isEqualTo(5);
    awaitState(busy, running, RUNNING);
    busy.resumeTask(waiting);
    held.letAllGo();
    awaitEnd(busy);
  }
}
