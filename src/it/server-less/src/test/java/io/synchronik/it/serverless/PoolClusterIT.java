package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.serverless.Cluster.Member;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Probe;
import io.synchronik.pool.PoolTaskState;
import io.synchronik.pool.PoolTaskView;
import io.synchronik.pool.WorkerPool;
import io.synchronik.run.RunView;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.WorkerDefinition;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pools on several nodes: one limit for all of them, and what a lost node means. */
class PoolClusterIT {
  private final Cluster cluster = new Cluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  private static PoolTaskView task(WorkerPool pool, long id) {
    return pool.findTask(id).orElseThrow();
  }

  private static WorkerPool poolOf(Member member, String name) {
    return member.manager().findWorkerPool(name).orElseThrow();
  }

  private static void awaitState(WorkerPool pool, long id, PoolTaskState state) {
    Await.until(Probe.PATIENCE, () -> task(pool, id).state() == state);
  }

  private static void awaitEnd(WorkerPool pool) {
    Await.until(
        Probe.PATIENCE, () -> pool.view().tasks().running() + pool.view().tasks().pending() == 0);
  }

  private static int begun(Member a, Member b) {
    return a.held().begun.seen().size() + b.held().begun.seen().size();
  }

  @Test
  void sizeHoldsForAllNodesTogether() {
    Member a = cluster.start("a");
    Member b = cluster.start("b");
    WorkerPool pool = a.manager().useWorkerPool("shared", 5);
    for (int i = 1; i <= 12; i++) {
      (i % 2 == 0 ? a : b).manager().useWorkerPool("shared", 5).addTask("t" + i, "held", null);
    }

    Await.until(Probe.PATIENCE, () -> begun(a, b) == 5);
    assertThat(a.held().begun.seen()).isNotEmpty();
    assertThat(b.held().begun.seen()).isNotEmpty();
    a.manager().runLoopOnce();
    b.manager().runLoopOnce();
    a.manager().runWatcherScan();
    assertThat(begun(a, b)).isEqualTo(5);
    assertThat(pool.view().tasks().running()).isEqualTo(5);
    poolOf(b, "shared").resize(7);
    Await.until(Probe.PATIENCE, () -> begun(a, b) == 7);
    a.held().letAllGo();
    b.held().letAllGo();

    awaitEnd(pool);
    assertThat(pool.view().tasks().completed()).isEqualTo(12);
    assertThat(begun(a, b)).isEqualTo(12);
  }

  @Test
  void noMoreThanTheSizeRunAtOnceWhoeverDecides() throws Exception {
    Member a = cluster.start("a");
    Member b = cluster.start("b");
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger runs = new AtomicInteger();
    for (Member member : List.of(a, b)) {
      member
          .manager()
          .registerUnit(
              WorkerDefinition.of(
                  "counted",
                  run -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    long spun = 0;
                    for (int i = ThreadLocalRandom.current().nextInt(200_000); i > 0; i--) {
                      spun += i;
                    }
                    running.decrementAndGet();
                    runs.incrementAndGet();
                    return spun;
                  }));
      member.manager().useWorkerPool("counted", 3);
    }
    List<Thread> threads = new ArrayList<>();
    for (Member member : List.of(a, b)) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 150; i++) {
                  poolOf(member, "counted").addTask(member.name() + i, "counted", null);
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }

    awaitEnd(poolOf(a, "counted"));
    assertThat(most).hasValueBetween(2, 3);
    assertThat(runs).hasValue(300);
    assertThat(poolOf(b, "counted").view().tasks().completed()).isEqualTo(300);
    assertThat(number("select count(distinct node) from sk_run where unit = 'counted'"))
        .isEqualTo(2);
    assertThat(
            number(
                "select count(*) from sk_event where type = 'milestone'"
                    + " and data like '%pool:counted:completed%'"))
        .isEqualTo(300);
  }

  @Test
  void taskOfADeadNodeGoesOnElsewhereInItsPlace() throws Exception {
    Member dead = cluster.start("dead");
    WorkerPool seen = dead.manager().useWorkerPool("survivors", 1);
    long first = seen.addTask("first", "held", "one");
    RunContext there = dead.held().awaitBegun();
    Member alive = cluster.start("alive");
    WorkerPool pool = alive.manager().useWorkerPool("survivors", 1);
    long second = pool.addTask("second", "held", "two");

    dead.node().kill();
    cluster.expireLease(dead, alive);

    RunContext again = alive.held().awaitBegun();
    assertThat(again.run()).isEqualTo(there.run());
    alive.manager().runLoopOnce();
    assertThat(task(pool, first).state()).isEqualTo(PoolTaskState.RUNNING);
    assertThat(task(pool, second).state()).isEqualTo(PoolTaskState.PENDING);
    alive.held().letGo();
    awaitState(pool, first, PoolTaskState.COMPLETED);
    alive.held().awaitBegun();
    alive.held().letGo();
    awaitState(pool, second, PoolTaskState.COMPLETED);
    assertThat(alive.held().begun.seen()).hasSize(2);
    assertThat(task(pool, first).outcome().run()).isEqualTo(there.run());
  }

  @Test
  void taskWhoseWorkerMustNotBeginTwiceEndsWithItsNode() throws Exception {
    Member dead = cluster.start("dead");
    long id = dead.manager().useWorkerPool("once", 1).addTask("a", "held-once", null);
    dead.held().awaitBegun();
    Member alive = cluster.start("alive");

    dead.node().kill();
    cluster.expireLease(dead, alive);

    WorkerPool pool = poolOf(alive, "once");
    awaitState(pool, id, PoolTaskState.ERROR);
    assertThat(Optional.ofNullable(task(pool, id).outcome().failure()).orElseThrow().message())
        .startsWith("SYNC-0084");
    assertThat(alive.held().begun.seen()).isEmpty();
  }

  @Test
  void tasksInTheMemoryOfADeadNodeEndInAnErrorAndTheOthersGoOn() throws Exception {
    Member dead = cluster.start("dead");
    Member alive = cluster.start("alive");
    WorkerPool seen = dead.manager().useWorkerPool("minds", 1);
    Held lost = Held.interruptibly();
    long running = seen.addTask("running", lost);
    lost.awaitBegun();
    long pending = seen.addTask("pending", run -> "never");
    WorkerPool pool = poolOf(alive, "minds");
    long here = pool.addTask("here", run -> run.attempt());
    long durable = pool.addTask("durable", "held", null);
    alive.held().letAllGo();

    dead.node().kill();
    cluster.expireLease(dead, alive);
    Await.until(
        Probe.PATIENCE,
        () -> {
          alive.manager().runWatcherScan();
          return pool.view().tasks().running() + pool.view().tasks().pending() == 0;
        });

    assertThat(task(pool, running).state()).isEqualTo(PoolTaskState.ERROR);
    assertThat(task(pool, pending).state()).isEqualTo(PoolTaskState.ERROR);
    assertThat(task(pool, here).outcome().result().as(Integer.class)).isEqualTo(1);
    assertThat(task(pool, durable).state()).isEqualTo(PoolTaskState.COMPLETED);
    lost.letAllGo();
  }

  @Test
  void taskInMemoryIsWorkedOnWhereItIsWhoeverDecides() {
    Member a = cluster.start("a");
    Member b = cluster.start("b");
    WorkerPool onA = a.manager().useWorkerPool("both", 1);
    WorkerPool onB = b.manager().useWorkerPool("both", 1);
    for (int i = 0; i < 6; i++) {
      Member member = i % 2 == 0 ? a : b;
      (i % 2 == 0 ? onA : onB).addTask(member.name() + i, run -> member.name());
    }

    awaitEnd(onA);

    for (long id = 1; id <= 6; id++) {
      PoolTaskView task = task(onB, id);
      assertThat(task.state()).isEqualTo(PoolTaskState.COMPLETED);
      assertThat(task.name()).startsWith(task.outcome().result().as(String.class));
      assertThat(runOf(b, task).execution().node())
          .isEqualTo(task.outcome().result().as(String.class));
    }
  }

  private static RunView runOf(Member member, PoolTaskView task) {
    return member
        .manager()
        .getRunById(Optional.ofNullable(task.outcome().run()).orElseThrow().value())
        .orElseThrow();
  }

  @Test
  void workerThatOnlyTheOtherNodeKnowsWorksThere() {
    Member a = cluster.start("a");
    Member b = cluster.start("b");
    a.manager().registerUnit(WorkerDefinition.of("only-on-a", run -> "by a"));
    WorkerPool pool = b.manager().useWorkerPool("elsewhere", 2);

    long id = pool.addTask("a", "only-on-a", null);

    awaitState(pool, id, PoolTaskState.COMPLETED);
    assertThat(task(pool, id).outcome().result().as(String.class)).isEqualTo("by a");
    assertThat(runOf(b, task(pool, id)).execution().node()).isEqualTo("a");
  }

  @Test
  void taskWhoseEndNobodyHasTakenIsEndedByAnotherNode() throws Exception {
    Member a = cluster.start("a");
    WorkerPool pool = a.manager().useWorkerPool("left", 1);
    long id = pool.addTask("a", "held", null);
    a.held().awaitBegun();
    a.held().letGo();
    awaitState(pool, id, PoolTaskState.COMPLETED);
    long next = pool.addTask("next", "held", null);
    a.held().awaitBegun();
    pool.addTask("last", "held", null);
    cluster.database.execute(
        "update sk_pool_task set state = 'running', active_name = 'a', ended_at = null,"
            + " result = null where pool = 'left' and id = 1");
    a.node().kill();
    Member b = cluster.start("b");
    cluster.expireLease(a, b);
    b.held().letAllGo();

    awaitEnd(poolOf(b, "left"));
    assertThat(task(poolOf(b, "left"), id).outcome().result().as(String.class)).isEqualTo("done");
    assertThat(task(poolOf(b, "left"), next).state()).isEqualTo(PoolTaskState.COMPLETED);
    assertThat(poolOf(b, "left").view().tasks().completed()).isEqualTo(3);
  }

  private long number(String sql) throws SQLException {
    return cluster.database.number(sql);
  }
}
