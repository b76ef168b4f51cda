package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One of two nodes is killed in the middle of many runs of processes; the other ends them all. */
class ProcessKillIT {
  private static final int RUNS = 200;
  private static final int WORKERS = 3;
  private static final Duration LEASE = Duration.ofSeconds(3);
  private static final Duration AFTER_LEASE = Duration.ofSeconds(15);

  private Database database;
  private Node survivor;
  private ForkedNode victim;

  @BeforeEach
  void start() throws Exception {
    database = DatabaseKind.POSTGRESQL.create("kill");
    survivor = ForkedNode.start(database, "survivor");
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

  @AfterEach
  void stop() {
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
    Await.until(Probe.PATIENCE, () -> completed() > RUNS / 4 && atWorkOnVictim() > 1);

    victim.kill();
    assertThat(completed()).isLessThan(RUNS);
    Await.until(LEASE.plus(AFTER_LEASE), () -> completed() == RUNS);

    assertThat(number("select count(*) from sk_run where losses > 0")).isPositive();
    assertThat(number("select count(*) from sk_run where node = 'victim'")).isPositive();
    new ProcessAudit(database, survivor.manager()).check(RUNS, (long) RUNS * WORKERS);
  }

  private long completed() {
    return number(
        "select count(*) from sk_run where definition is not null and state = 'completed'");
  }

  private long atWorkOnVictim() {
    return number(
        "select count(*) from sk_run r join sk_node n on n.incarnation = r.owner"
            + " where n.name = 'victim' and r.state = 'running'");
  }

  private long number(String sql) {
    try {
      return database.number(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
