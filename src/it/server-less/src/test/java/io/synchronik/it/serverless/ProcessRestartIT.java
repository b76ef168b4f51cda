package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.process.Process;
import io.synchronik.process.ProcessRunView;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** An application is stopped in the middle of a process and started again. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class ProcessRestartIT {
  @Worker(id = "first")
  static class First implements Work<String> {
    @Override
    public String run(RunContext run) {
      return "by the first start";
    }
  }

  @Worker(id = "held")
  static class HeldWorker implements Work<String> {
    @Inject Held held;

    @Override
    public String run(RunContext run) throws Exception {
      held.run(run);
      return run.result("first", String.class) + ", attempt " + run.attempt();
    }
  }

  @Dependent
  static class Processes {
    @Produces
    Process process() {
      return Process.named("stopped").workers(First.class, HeldWorker.class).build();
    }
  }

  @Parameter DatabaseKind kind;

  @Test
  void nextStartGoesOnWhereTheStopInterrupted() throws Exception {
    Held before = Held.interruptibly();
    Held after = Held.interruptibly();
    try (Database database = kind.create("restart")) {
      RunHandle run;
      try (Node node = start(database, before)) {
        run = node.manager().runProcessById("stopped");
        before.awaitBegun();
      }
      before.interrupted.awaitNext(interrupted -> true);
      try (Node node = start(database, after)) {
        after.awaitBegun();
        after.letGo();

        RunHandle found = node.manager().findRun(run.id().value()).orElseThrow();
        assertThat(found.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
        ProcessRunView view = node.manager().getProcessRun(run.id().value()).orElseThrow();
        assertThat(view.workers().get(1).execution().attempts()).isEqualTo(1);
        assertThat(
                node.manager()
                    .getRunById(view.workers().get(1).run().value())
                    .orElseThrow()
                    .execution()
                    .result()
                    .as(String.class))
            .isEqualTo("by the first start, attempt 1");
        assertThat(database.number("select count(*) from sk_run where unit = 'first'")).isOne();
      }
    }
  }

  private static Node start(Database database, Held held) {
    return Node.on(database)
        .setting("synchronik.loop-interval", "200ms")
        .setting("synchronik.stop-grace", "50ms")
        .beans(First.class, HeldWorker.class, Processes.class)
        .instance(Held.class, held)
        .start();
  }
}
