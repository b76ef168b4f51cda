package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.pool.WorkerPool;
import io.synchronik.worker.RunContext;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One of two nodes is killed in the middle of the tasks of a pool; the other ends them all. */
class PoolKillIT {
  private static final int TASKS = 300;
  private static final int SIZE = 7;
  private static final Duration LEASE_AND_MORE = Duration.ofSeconds(20);

  private final CountDownLatch killed = new CountDownLatch(1);
  private Database database;
  private Node survivor;
  private ForkedNode victim;

  @BeforeEach
  void start() throws Exception {
    database = DatabaseKind.POSTGRESQL.create("pool_kill");
    survivor = ForkedNode.start(database, "survivor", this::tell);
    Bookings.createTable(database);
    victim = ForkedNode.fork(database, "victim");
    Await.until(
        Duration.ofSeconds(60),
        () ->
            number("select count(*) from sk_event where type = 'milestone' and data like '%ready%'")
                    == 1
                || !victim.isAlive());
    assertThat(victim.isAlive()).isTrue();
  }

  /** Keeps the survivor busy until the other node is dead, so that this one gets work. */
  private String tell(RunContext run) throws InterruptedException {
    killed.await();
    return "told";
  }

  @AfterEach
  void stop() {
    killed.countDown();
    if (victim != null) {
      victim.close();
    }
    survivor.close();
    database.close();
  }

  @Test
  void everyTaskEndsOnceOnTheOtherNode() throws Exception {
    WorkerPool pool = survivor.manager().useWorkerPool("killed", SIZE);
    for (int i = 1; i <= TASKS; i++) {
      pool.addTask("t" + i, i % 30 == 0 ? "tell" : "book", null);
    }
    Await.until(
        Probe.PATIENCE,
        () ->
            number(
                    "select count(*) from sk_run r join sk_node n on n.incarnation = r.owner"
                        + " where n.name = 'victim' and r.unit = 'tell' and r.state = 'running'")
                > 0);

    victim.kill();
    killed.countDown();
    Await.until(
        LEASE_AND_MORE,
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
                  "select count(*) from sk_event where type = 'milestone' and data like '%pool:killed:"
                      + what
                      + "%'"))
          .isEqualTo(TASKS);
    }
    assertThat(number("select count(*) from sk_unit where active_runs <> 0")).isZero();
  }

  private long number(String sql) {
    try {
      return database.number(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
