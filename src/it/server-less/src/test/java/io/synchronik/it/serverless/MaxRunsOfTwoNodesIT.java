package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.SynchronikManager;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.RunHandle;
import io.synchronik.run.UnitNotRunnableException;
import io.synchronik.schedule.Overlap;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Two nodes that begin runs of one unit at the same moments: its bound is one for both. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class MaxRunsOfTwoNodesIT {
  private static final int ROUNDS = 8;
  private static final int ASKED = 6;

  @Parameter DatabaseKind kind;

  @Worker(id = "bound", maxRuns = 3, overlap = Overlap.ALLOW)
  static class Bound implements Work<String> {
    @Override
    public String run(RunContext run) {
      return "done";
    }
  }

  @Worker(id = "ticks", maxRuns = 5, overlap = Overlap.ALLOW, every = "10ms")
  static class Ticks implements Work<String> {
    @Override
    public String run(RunContext run) {
      return "done";
    }
  }

  @Test
  void neitherNodeBeginsOneTooMany() throws Exception {
    try (Database database = kind.create("maxruns");
        Node first = start(database, "first");
        Node second = start(database, "second")) {
      for (int round = 1; round <= ROUNDS; round++) {
        CyclicBarrier together = new CyclicBarrier(2);
        List<RunHandle> asked =
            Stream.of(first, second)
                .map(node -> CompletableFuture.supplyAsync(() -> ask(node.manager(), together)))
                .toList()
                .stream()
                .flatMap(one -> one.join().stream())
                .toList();
        asked.forEach(run -> run.join(Probe.PATIENCE));
        assertThat(begun(database, "bound")).isEqualTo(3L * round);
        Await.until(Probe.PATIENCE, () -> !enabled(first, "bound"));
        raise(first, 3L * (round + 1));
      }
      Await.until(Probe.PATIENCE, () -> !enabled(first, "ticks"));
      assertThat(begun(database, "ticks")).isEqualTo(5);
    }
  }

  private static void raise(Node node, long bound) {
    node.manager().updateWorkerConfig("bound", config -> config.maxRuns(bound));
    node.manager().enable("bound");
  }

  private static List<RunHandle> ask(SynchronikManager manager, CyclicBarrier together) {
    List<RunHandle> asked = new ArrayList<>();
    try {
      together.await();
      for (int i = 0; i < ASKED; i++) {
        asked.add(manager.runWorkerById("bound"));
      }
    } catch (UnitNotRunnableException e) {
      // The bound was met already
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return asked;
  }

  private static boolean enabled(Node node, String unit) {
    return node.manager().getUnitById(unit).orElseThrow().control().enabled();
  }

  private static long begun(Database database, String unit) throws Exception {
    return database.number(
        "select count(*) from sk_run where unit = '" + unit + "' and started_at is not null");
  }

  private static Node start(Database database, String name) {
    return Node.on(database)
        .setting("synchronik.node", name)
        .setting("synchronik.loop-interval", "200ms")
        .setting("synchronik.stop-grace", "100ms")
        .setting("synchronik.workers", "4")
        .beans(Bound.class, Ticks.class)
        .start();
  }
}
