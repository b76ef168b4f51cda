package io.synchronik.it.benchmarks;

import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.Node;
import io.synchronik.schedule.Overlap;
import io.synchronik.worker.Action;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.WorkerDefinition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** One node of Synchronik in Java SE. */
final class SynchronikNode implements Contender {
  private final Database database;
  private final Node node;

  private SynchronikNode(Database database, Node node) {
    this.database = database;
    this.node = node;
  }

  static SynchronikNode start(Database database, Load load, Tally tally) {
    Node node =
        Node.on(database)
            .beans(Counting.class)
            .instance(Tally.class, tally)
            .connections(load.connections())
            .setting("synchronik.workers", Integer.toString(load.threads()))
            // All runs stay until they are counted
            .setting("synchronik.history.runs", "10000000")
            .start();
    Instant begin = Load.begin();
    for (int unit = 0; unit < load.units(); unit++) {
      int n = unit;
      node.manager()
          .registerUnit(
              WorkerDefinition.of(Load.name(unit), Counting.class)
                  .with(
                      c ->
                          c.schedule(load.schedule(n, begin))
                              .overlap(Overlap.ALLOW)
                              // Triggers fall behind as meant; each version has another default
                              .misfireThreshold(Duration.ofHours(1))));
    }
    return new SynchronikNode(database, node);
  }

  /** A worker that does nothing but count. */
  @ApplicationScoped
  static class Counting implements Action {
    @Inject Tally tally;

    @Override
    public void run(RunContext run) {
      tally.ran(run.scheduledAt().orElseThrow());
    }
  }

  @Override
  public void stop() {
    node.manager().stop();
  }

  @Override
  public long recorded() throws SQLException {
    return database.number("select count(*) from sk_run where state = 'completed'");
  }

  @Override
  public void close() {
    node.close();
  }
}
