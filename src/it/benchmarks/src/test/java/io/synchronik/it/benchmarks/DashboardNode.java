package io.synchronik.it.benchmarks;

import io.synchronik.SynchronikManager;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.pool.PoolTask;
import io.synchronik.pool.WorkerPool;
import io.synchronik.process.Process;
import io.synchronik.process.ProcessDesign;
import io.synchronik.run.RunState;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.WorkerDefinition;
import java.time.Duration;

/** The application whose dashboard is looked at: one node that has nothing to do. */
final class DashboardNode {
  static final String PROCESS = "nightly";
  static final String TALKS = "talks";
  static final String STEP = "step-07";

  /** As the page has it. */
  static final int LOOKED_BACK = 1000;

  static final int LATEST = 250;

  static final String EVENTS = "1000";
  static final String EVENTS_OF_RUN = "1000";
  static final String LINES = "1000";

  private static final String FAILS = "fails";
  private static final int STEPS = 20;
  private static final int ATTEMPTS = 5;
  private static final int SAID = 2000;

  private DashboardNode() {}

  static Node start(Database database) {
    Node node =
        Node.on(database)
            .setting("synchronik.loop-interval", "1m")
            .setting("synchronik.lease", "1h")
            .setting("synchronik.watcher-interval", "1h")
            .setting("synchronik.history.runs", "10000000")
            .setting("synchronik.history.retain", "3650d")
            .setting("synchronik.retention.audit", "36500d")
            .setting("synchronik.unit.\"" + TALKS + "\".log", "own")
            .start();
    SynchronikManager manager = node.manager();
    manager.registerUnit(
        WorkerDefinition.of(DashboardData.BUSY, DashboardNode::work)
            .with(config -> config.every(Duration.ofMinutes(15))));
    manager.registerUnit(
        WorkerDefinition.of(
            FAILS,
            run -> {
              throw new IllegalStateException("Row 7 cannot be booked: the account is closed");
            }));
    manager.registerUnit(
        WorkerDefinition.of(TALKS, DashboardNode::talk)
            .with(config -> config.maxRetries(ATTEMPTS - 1).retryDelay(Duration.ZERO)));
    ProcessDesign process = Process.named(PROCESS);
    for (int step = 0; step < STEPS; step++) {
      String id = "step-%02d".formatted(step);
      manager.registerUnit(WorkerDefinition.of(id, run -> "done"));
      process = process.workers(id);
    }
    manager.registerUnit(process.build());
    return node;
  }

  private static String work(RunContext run) {
    run.milestone("prices imported", "42,000 rows of the supplier's list");
    return "done";
  }

  private static String talk(RunContext run) {
    for (int line = 0; line < SAID; line++) {
      run.log("row " + line + ": imported, the price has changed by 0.7 %");
    }
    if (run.attempt() < ATTEMPTS) {
      throw new IllegalStateException("the bank is away");
    }
    return "done";
  }

  /** Lets all units run once. */
  static void work(Node node) {
    SynchronikManager manager = node.manager();
    for (String unit : new String[] {DashboardData.BUSY, FAILS, TALKS, PROCESS}) {
      RunState state = manager.runUnitById(unit).join(Probe.PATIENCE).state();
      if (state != (unit.equals(FAILS) ? RunState.FAILED : RunState.COMPLETED)) {
        throw new IllegalStateException(unit + ": " + state);
      }
    }
    WorkerPool pool = manager.useWorkerPool("pool", 2);
    long task = pool.addTask(PoolTask.of("one", STEP));
    Await.until(
        Probe.PATIENCE,
        () -> pool.findTask(task).filter(found -> found.state().isFinal()).isPresent());
    manager.pause(FAILS);
  }
}
