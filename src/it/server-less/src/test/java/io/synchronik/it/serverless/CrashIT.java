package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A node that dies and is started again. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class CrashIT {

  @Worker(id = "held")
  static class HeldWorker implements Work<Integer> {
    @Inject Held held;

    @Override
    public Integer run(RunContext run) throws Exception {
      return held.run(run);
    }
  }

  @Parameter DatabaseKind kind;

  @Test
  void nextStartContinuesWhatWasRunning() throws Exception {
    Held first = Held.interruptibly();
    Held second = Held.interruptibly();
    try (Database database = kind.create("crash");
        Node dead = start(database, first)) {
      RunHandle run = dead.manager().runWorkerById("held");
      first.awaitBegun();
      dead.kill();
      try (Node next = start(database, second)) {
        assertThat(next.manager().runWatcherScan().recoveredRuns()).isZero();
        next.manager().runLoopOnce();
        assertThat(second.begun.seen()).isEmpty();
        database.execute(
            "update sk_node set lease_until = started_at where incarnation <> ?",
            next.manager().getEngineStats().node().incarnation());

        RunContext again = second.awaitBegun();
        assertThat(again.run()).isEqualTo(run.id());
        assertThat(again.attempt()).isEqualTo(1);
        second.letGo();
        assertThat(
                next.manager().findRun(run.id().value()).orElseThrow().join(Probe.PATIENCE).state())
            .isEqualTo(RunState.COMPLETED);
      }
    }
  }

  private static Node start(Database database, Held held) {
    return Node.on(database)
        .setting("synchronik.loop-interval", "200ms")
        .setting("synchronik.stop-grace", "0ms")
        .beans(HeldWorker.class)
        .instance(Held.class, held)
        .start();
  }
}
