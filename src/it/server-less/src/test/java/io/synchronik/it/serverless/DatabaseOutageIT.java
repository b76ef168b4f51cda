package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.JournalQuery;
import io.synchronik.SynchronikManager;
import io.synchronik.event.JournalEntry;
import io.synchronik.event.Milestone;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.EngineLog;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.PostgresServer;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.schedule.Overlap;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database goes away for a while; everything goes on by itself when it is back. */
class DatabaseOutageIT {

  @Worker(id = "held")
  static class HeldWorker implements Work<Integer> {
    @Inject Held held;

    @Override
    public Integer run(RunContext run) throws Exception {
      return held.run(run);
    }
  }

  @Worker(id = "tick", every = "100ms", overlap = Overlap.ALLOW)
  static class Tick implements Work<String> {
    @Override
    public String run(RunContext run) {
      return "tick";
    }
  }

  private final PostgresServer server = PostgresServer.durable();
  private final Held held = Held.interruptibly();
  private Database database;
  private Node node;
  private SynchronikManager manager;

  @BeforeEach
  void start() {
    database = server.create("outage");
    node =
        OutageNode.on(database)
            .connections(15)
            .beans(HeldWorker.class, Tick.class)
            .instance(Held.class, held)
            .start();
    manager = node.manager();
  }

  @AfterEach
  void stop() {
    held.letAllGo();
    server.start();
    node.close();
    database.close();
  }

  @Test
  void everythingGoesOnByItself() throws Exception {
    RunHandle before = manager.runWorkerById("held");
    held.awaitBegun();
    Await.until(Probe.PATIENCE, () -> ticks() > 3);

    server.stop();
    held.letGo();
    server.start();

    assertThat(before.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(before.join(Probe.PATIENCE).result().as(Integer.class)).isEqualTo(1);
    long ticks = ticks();
    Await.until(Probe.PATIENCE, () -> ticks() > ticks + 3);
    manager.disable("tick");
    Await.until(
        Probe.PATIENCE,
        () ->
            number("select count(*) from sk_run where state not in ('completed', 'skipped')") == 0);
    assertThat(
            database.rows(
                "select scheduled_at, count(*), count(schedule_n), min(id), max(id), min(cause)"
                    + " from sk_run where unit = 'tick' group by scheduled_at having count(*) > 1"))
        .isEmpty();
    // What was written down as owed is settled in a moment
    Await.until(Probe.PATIENCE, () -> number("select sum(active_runs) from sk_unit") == 0);
    RunHandle after = manager.runWorkerById("held");
    held.letGo();
    assertThat(after.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(held.begun.seen()).hasSize(2);
    assertJournalIsWhole();
  }

  @Test
  void isToldOnceWhenItBeginsAndOnceWhenItIsOver() {
    manager.runWorkerById("held");
    held.awaitBegun();
    Await.until(Probe.PATIENCE, () -> ticks() > 3);
    try (EngineLog log = EngineLog.detailed()) {
      server.stop();
      held.letGo();
      log.await(Level.FINE, "The lease could not be renewed");
      log.awaitCount(2, "failed and is tried again");
      log.awaitCount(15, "A transaction did not reach the database");
      server.start();
      log.await(Level.WARNING, "SYNC-0156");

      List<String> told = log.lines(Level.INFO, "");
      assertThat(told).hasSize(2).noneMatch(line -> line.contains("Exception"));
      assertThat(told.get(0)).startsWith("SYNC-0155 ").contains("DefaultDataSource");
      assertThat(told.get(1))
          .startsWith("SYNC-0156 ")
          .containsPattern("after \\d+m?s; .* \\d{2,} ");
    }
  }

  private void assertJournalIsWhole() {
    Probe<Milestone> announced = new Probe<>();
    manager.onMilestone("over", announced);
    manager.emitMilestone("over", null);
    announced.awaitNext(milestone -> true);
    manager.runLoopOnce();
    long last = manager.journalPosition();
    List<Long> positions =
        manager.readJournal(new JournalQuery(0, null, Set.of(), 1000)).stream()
            .map(JournalEntry::position)
            .toList();

    assertThat(last).isPositive().isLessThanOrEqualTo(1000);
    assertThat(positions)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, last).boxed().toList());
    assertThat(number("select count(*) from sk_event_batch where position is null")).isZero();
  }

  private long ticks() {
    return number("select count(*) from sk_run where unit = 'tick' and state = 'completed'");
  }

  private long number(String sql) {
    try {
      return database.number(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
