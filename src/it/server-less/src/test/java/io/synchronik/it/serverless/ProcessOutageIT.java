package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.SynchronikManager;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.PostgresServer;
import io.synchronik.it.testkit.Probe;
import io.synchronik.process.Process;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import io.synchronik.schedule.Overlap;
import io.synchronik.worker.WorkerDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database goes away in the middle of runs of processes; they go on when it is back. */
class ProcessOutageIT {
  /** How long the database is away; the property is for trying longer ones by hand. */
  private static final Duration OUTAGE =
      Duration.ofMillis(Long.getLong("synchronik.it.outage-millis", 700));

  private static final int RUNS = 30;
  private static final int STEPS = 3;

  private final PostgresServer server = PostgresServer.durable();
  private final Held held = Held.interruptibly();
  private final Held booking = Held.interruptibly();
  private Database database;
  private Node node;
  private SynchronikManager manager;

  @BeforeEach
  void start() throws SQLException {
    database = server.create("process-outage");
    node =
        OutageNode.on(database)
            .setting("synchronik.workers", "8")
            .connections(15)
            .beans(Bookings.HeldBook.class)
            .instance(Held.class, booking)
            .start();
    manager = node.manager();
    Bookings.createTable(database);
    register(WorkerDefinition.of("held", held));
    register(WorkerDefinition.of("tell", run -> "told"));
    manager.registerUnit(
        Process.named("in-a-row").workers("tell", "book", "held").overlap(Overlap.ALLOW).build());
    manager.registerUnit(
        Process.named("at-once")
            .parallel()
            .workers("held", "book", "tell")
            .overlap(Overlap.ALLOW)
            .build());
  }

  private void register(WorkerDefinition worker) {
    manager.registerUnit(worker.with(config -> config.overlap(Overlap.ALLOW)));
  }

  @AfterEach
  void stop() {
    held.letAllGo();
    booking.letAllGo();
    server.start();
    node.close();
    database.close();
  }

  @Test
  void runsGoOnByThemselves() throws Exception {
    List<RunHandle> runs = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      runs.add(manager.runProcessById(i % 2 == 0 ? "in-a-row" : "at-once"));
    }
    // Some have ended, some are at work, some wait
    booking.letGo();
    held.letGo();
    booking.begun.awaitCount(2, begun -> true, Probe.PATIENCE);
    held.begun.awaitCount(2, begun -> true, Probe.PATIENCE);

    server.stop();
    held.letAllGo();
    booking.letAllGo();
    long gone = System.nanoTime();
    Await.until(
        OUTAGE.plus(Probe.PATIENCE),
        () -> !isReachable() && System.nanoTime() - gone >= OUTAGE.toNanos());
    server.start();

    for (RunHandle run : runs) {
      RunOutcome outcome = run.join(Probe.PATIENCE);
      assertThat(outcome.state()).as(outcome.toString()).isEqualTo(RunState.COMPLETED);
    }
    new ProcessAudit(database, manager).check(RUNS, (long) RUNS * STEPS);
  }

  private boolean isReachable() {
    try (Connection connection = node.dataSource().getConnection()) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }
}
