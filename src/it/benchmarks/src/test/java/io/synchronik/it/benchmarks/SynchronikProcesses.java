package io.synchronik.it.benchmarks;

import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.Node;
import io.synchronik.process.Process;
import io.synchronik.schedule.Overlap;
import io.synchronik.worker.WorkerDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/** Processes on one node of Synchronik in Java SE. */
final class SynchronikProcesses implements ProcessRunner {
  private static final int ASKING = 4;
  private static final int ALONE = 60;

  private final Node node;
  private final Semaphore permits = new Semaphore(ProcessBenchmark.IN_FLIGHT);
  private final List<Thread> asking = new ArrayList<>();
  private volatile boolean open = true;

  private SynchronikProcesses(Node node) {
    this.node = node;
  }

  static SynchronikProcesses start(Database database, boolean parallel, Tally tally) {
    Node node = node(database);
    Process process = define(node, parallel, () -> tally.ran(Instant.EPOCH));
    SynchronikProcesses started = new SynchronikProcesses(node);
    for (int i = 0; i < ASKING; i++) {
      Thread thread = new Thread(() -> started.ask(process.id().value()), "asking-" + i);
      started.asking.add(thread);
      thread.start();
    }
    return started;
  }

  private static Node node(Database database) {
    return Node.on(database)
        .connections(ProcessBenchmark.THREADS + 8)
        .setting("synchronik.workers", Integer.toString(ProcessBenchmark.THREADS))
        .setting("synchronik.history.runs", "10000000")
        .start();
  }

  private static Process define(Node node, boolean parallel, Runnable work) {
    String[] ids = new String[ProcessBenchmark.WORKERS];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = "step-" + i;
      node.manager()
          .registerUnit(
              WorkerDefinition.of(
                      ids[i],
                      run -> {
                        work.run();
                        return null;
                      })
                  .with(config -> config.overlap(Overlap.ALLOW)));
    }
    var design = Process.named("process").overlap(Overlap.ALLOW).workers(ids);
    Process process = (parallel ? design.parallel() : design.sequential()).build();
    node.manager().registerUnit(process);
    return process;
  }

  private void ask(String process) {
    try {
      while (open) {
        permits.acquire();
        node.manager()
            .runProcessById(process)
            .outcome()
            .whenComplete((outcome, failure) -> permits.release());
      }
    } catch (InterruptedException e) {
      // The benchmark is over
    }
  }

  /** Returns the times between workers of processes that run one at a time. */
  static List<Long> gaps(Database database) {
    ConcurrentLinkedQueue<Long> begins = new ConcurrentLinkedQueue<>();
    List<Long> gaps = new ArrayList<>();
    try (Node node = node(database)) {
      Process process = define(node, false, () -> begins.add(System.nanoTime()));
      for (int i = 0; i < ALONE; i++) {
        begins.clear();
        node.manager().runProcessById(process.id().value()).join(Duration.ofSeconds(30));
        // The first ones find cold code
        if (i >= ALONE / 3) {
          List<Long> times = List.copyOf(begins);
          for (int n = 1; n < times.size(); n++) {
            gaps.add(times.get(n) - times.get(n - 1));
          }
        }
      }
    }
    return gaps;
  }

  @Override
  public void stop() {
    open = false;
    asking.forEach(Thread::interrupt);
  }

  @Override
  public void close() {
    ProcessRunner.join(asking);
    node.close();
  }
}
