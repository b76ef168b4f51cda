package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.RunRequest;
import io.synchronik.SynchronikManager;
import io.synchronik.event.SynchronikEvent;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Faults;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.process.Process;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import io.synchronik.worker.WorkerDefinition;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** A node on a database of its own that runs processes of three workers while faults strike. */
final class FaultyNode implements AutoCloseable {
  private static final int WORKERS = 3;
  private static final int MOST_ASKED = 5;

  private final Faults faults = new Faults();
  private final Database database;
  private final Node node;
  private final SynchronikManager manager;
  private final Probe<SynchronikEvent> announced;
  private int runs;

  FaultyNode(DatabaseKind kind) {
    database = kind.create("faults");
    node =
        Node.on(database)
            .setting("synchronik.loop-interval", "200ms")
            .setting("synchronik.stop-grace", "100ms")
            .setting("synchronik.workers", "2")
            .connections(15)
            .beans(Bookings.Book.class)
            .faults(faults)
            .start();
    manager = node.manager();
    announced = Probe.events(manager);
    // None of these does anything that may fail: they must complete at the first attempt
    manager.registerUnit(WorkerDefinition.of("count", run -> 7));
    manager.registerUnit(WorkerDefinition.of("tell", run -> "told"));
    manager.registerUnit(Process.named("in-a-row").workers("count", "book", "tell").build());
    manager.registerUnit(
        Process.named("in-a-graph")
            .worker("count")
            .worker("book")
            .after("count", (Integer count) -> count == 7)
            .worker("tell")
            .after("book")
            .build());
    try {
      Bookings.createTable(database);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Runs a process to its end with one fault on the way.
   *
   * @return the trap, which may not have been met
   */
  Faults.Trap play(String process, Faults.Kind kind, int at, Predicate<Thread> whose) {
    String name = process + " " + kind + " " + at + " " + runs;
    Faults.Trap trap = faults.set(kind, at, whose);
    try {
      RunOutcome outcome = ask(process, name).join(Probe.PATIENCE);
      assertThat(outcome.state()).as(name + outcome).isEqualTo(RunState.COMPLETED);
      runs++;
      return trap;
    } catch (RuntimeException e) {
      throw new AssertionError(name + ": " + trap.hit() + ": " + e, e);
    }
  }

  /** Waits until a trap is met by what the node does again and again. */
  Faults.Hit awaitHit(Faults.Trap trap) {
    Await.until(Probe.PATIENCE, () -> trap.hit().isPresent());
    return trap.hit().orElseThrow();
  }

  private RunHandle ask(String process, String key) {
    Throwable last = new IllegalStateException("never asked");
    for (int i = 0; i < MOST_ASKED; i++) {
      try {
        return manager.runProcessById(process, RunRequest.PLAIN.withKey(key));
      } catch (RuntimeException | NoClassDefFoundError e) {
        last = e;
      }
    }
    throw new IllegalStateException(last);
  }

  /** Checks that nothing was lost and nothing done twice. */
  void check() throws SQLException {
    faults.clear();
    new ProcessAudit(database, manager).check(runs, (long) runs * WORKERS);
    assertThat(
            database.number(
                "select count(*) from sk_run where unit <> 'book' and attempt <> 1"
                    + " and parent is not null"))
        .isZero();
    Await.until(Probe.PATIENCE, () -> missing().isEmpty());
  }

  /** Returns events that were never announced. */
  private Set<String> missing() {
    try {
      Set<String> missing = new HashSet<>();
      for (List<?> row : database.rows("select batch, n from sk_event where run is not null")) {
        missing.add(row.get(0) + "-" + row.get(1));
      }
      announced.seen().forEach(event -> missing.remove(event.eventId()));
      return missing;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    faults.clear();
    node.close();
    database.close();
  }
}
