package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.worker.RunContext;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One of two nodes is killed in the middle of many runs of processes; the other ends them all. */
class ProcessKillIT {
  private static final int RUNS = 200;
  private static final int WORKERS = 3;
  private static final Duration LEASE = Duration.ofSeconds(3);
  private static final Duration AFTER_LEASE = Duration.ofSeconds(15);

  private final CountDownLatch killed = new CountDownLatch(1);
  private Database database;
  private Node survivor;
  private ForkedNode victim;

  @BeforeEach
  void start() throws Exception {
    database = DatabaseKind.POSTGRESQL.create("kill");
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
  void everyRunEndsOnTheOtherNode() throws Exception {
    for (int i = 0; i < RUNS; i++) {
      survivor.manager().runProcessById(ForkedNode.PROCESSES.get(i % ForkedNode.PROCESSES.size()));
    }
    Await.until(Probe.PATIENCE, () -> toldOnVictim() > 1);

    victim.kill();
    killed.countDown();
    Await.until(LEASE.plus(AFTER_LEASE), () -> completed() == RUNS);

    assertThat(number("select count(*) from sk_run where losses > 0")).isGreaterThan(1);
    new ProcessAudit(database, survivor.manager()).check(RUNS, (long) RUNS * WORKERS);
  }

  private long completed() {
    return number(
        "select count(*) from sk_run where definition is not null and state = 'completed'");
  }

  /** What is told there never ends. */
  private long toldOnVictim() {
    return number(
        "select count(*) from sk_run r join sk_node n on n.incarnation = r.owner"
            + " where n.name = 'victim' and r.unit = 'tell' and r.state = 'running'");
  }

  private long number(String sql) {
    try {
      return database.number(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
