package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Probe;
import io.synchronik.pool.WorkerPool;
import org.junit.jupiter.api.Test;

/** One of two nodes is killed in the middle of the tasks of a pool; the other ends them all. */
class PoolKillIT extends TwoNodes {
  private static final int TASKS = 300;
  private static final int SIZE = 7;

  @Test
  void everyTaskEndsOnceOnTheOtherNode() throws Exception {
    WorkerPool pool = survivor.manager().useWorkerPool("killed", SIZE);
    for (int i = 1; i <= TASKS; i++) {
      pool.addTask("t" + i, i % 30 == 0 ? "tell" : "book", null);
    }
    Await.until(Probe.PATIENCE, () -> runningOnVictim("tell") > 0);

    kill();
    Await.until(
        Probe.PATIENCE,
        () -> "The pool: " + pool.view(),
        () -> {
          assertThat(pool.view().tasks().running()).isLessThanOrEqualTo(SIZE);
          return pool.view().tasks().completed() == TASKS;
        });

    assertThat(number("select count(*) from sk_run where losses > 0")).isPositive();
    assertThat(number("select count(*) from sk_run where cause = 'pool'")).isEqualTo(TASKS);
    assertThat(number("select count(distinct run) from sk_pool_task")).isEqualTo(TASKS);
    assertThat(number("select count(*) from sk_run where state <> 'completed'")).isZero();
    assertThat(number("select count(*) from booking")).isEqualTo(TASKS - TASKS / 30);
    assertThat(number("select count(distinct run) from booking")).isEqualTo(TASKS - TASKS / 30);
    for (String what : new String[] {"added", "started", "completed"}) {
      assertThat(
              number(
                  "select count(*) from sk_event where type = 'milestone' and data like"
                      + " '%pool:killed:"
                      + what
                      + "%'"))
          .isEqualTo(TASKS);
    }
    Await.until(
        Probe.PATIENCE, () -> number("select count(*) from sk_unit where active_runs <> 0") == 0);
  }
}
