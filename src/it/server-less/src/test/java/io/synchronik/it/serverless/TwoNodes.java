package io.synchronik.it.serverless;

import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Node;
import io.synchronik.worker.RunContext;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A node in this JVM and one in another that is killed; both know what {@link ForkedNode} knows.
 */
abstract class TwoNodes {
  private final CountDownLatch killed = new CountDownLatch(1);
  Database database;
  Node survivor;
  private ForkedNode victim;

  @BeforeEach
  void startNodes() throws Exception {
    database = DatabaseKind.POSTGRESQL.create(getClass().getSimpleName());
    survivor = ForkedNode.start(database, "survivor", this::tell);
    Bookings.createTable(database);
    Bills.createTable(database);
    Bills.gate = killed;
    victim = ForkedNode.fork(database, "victim");
    victim.awaitReady();
  }

  /** Keeps the survivor busy until the other node is dead, so that this one gets work. */
  private String tell(RunContext run) throws InterruptedException {
    killed.await();
    return "told";
  }

  /** Kills the other node as {@code kill -9} does, and lets this one go on. */
  final void kill() throws InterruptedException {
    victim.kill();
    killed.countDown();
  }

  @AfterEach
  void stopNodes() {
    killed.countDown();
    if (victim != null) {
      victim.close();
    }
    survivor.close();
    database.close();
  }

  /** Returns how many runs of a unit the other node is working on. */
  final long runningOnVictim(String unit) {
    return number(
        "select count(*) from sk_run r join sk_node n on n.incarnation = r.owner"
            + " where n.name = 'victim' and r.unit = '"
            + unit
            + "' and r.state = 'running'");
  }

  final long number(String sql) {
    try {
      return database.number(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
