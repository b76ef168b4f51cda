package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.process.Process;
import io.synchronik.process.ProcessResult;
import io.synchronik.process.Verdict;
import io.synchronik.process.WorkerVerdict;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.unit.UnitId;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A new version of an application has other conditions than the runs that the old one began. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class ChangedConditionsIT {
  @Worker(id = "plain")
  static class Plain implements Work<String> {
    @Inject Held held;

    @Override
    public String run(RunContext run) throws Exception {
      held.run(run);
      return "plain";
    }
  }

  @Worker(id = "inside")
  @Transactional
  static class Inside implements Work<String> {
    @Inject Held held;

    @Override
    public String run(RunContext run) throws Exception {
      held.run(run);
      return "inside";
    }
  }

  @Worker(id = "chosen")
  static class Chosen implements Work<String> {
    @Override
    public String run(RunContext run) {
      return "chosen";
    }
  }

  private static volatile boolean asked;

  private static Process judged(String worker) {
    return Process.named("of-" + worker)
        .worker(worker)
        .worker("chosen")
        .after(
            worker,
            (String result) -> {
              asked = true;
              return result.equals(worker);
            })
        .build();
  }

  private static Process unjudged(String worker) {
    return Process.named("of-" + worker).worker(worker).worker("chosen").after(worker).build();
  }

  @Dependent
  static class Judged {
    @Produces Process plain = judged("plain");

    @Produces Process inside = judged("inside");
  }

  @Dependent
  static class Unjudged {
    @Produces Process plain = unjudged("plain");

    @Produces Process inside = unjudged("inside");
  }

  @Parameter DatabaseKind kind;

  private interface Check {
    void on(RunState state, ProcessResult result, Held held);
  }

  private void runsAcross(String worker, Class<?> before, Class<?> after, Check check)
      throws Exception {
    Held first = Held.interruptibly();
    Held second = Held.interruptibly();
    asked = false;
    try (Database database = kind.create("changed")) {
      RunHandle run;
      try (Node node = start(database, first, before)) {
        run = node.manager().runProcessById("of-" + worker);
        first.awaitBegun();
      }
      second.letGo();
      try (Node node = start(database, second, after)) {
        RunHandle found = node.manager().findRun(run.id().value()).orElseThrow();
        RunState state = found.join(Probe.PATIENCE).state();
        check.on(
            state, node.manager().getProcessRun(run.id().value()).orElseThrow().result(), second);
      }
    }
  }

  private static Node start(Database database, Held held, Class<?> processes) {
    return Node.on(database)
        .setting("synchronik.loop-interval", "200ms")
        .setting("synchronik.stop-grace", "50ms")
        .beans(Plain.class, Inside.class, Chosen.class, processes)
        .instance(Held.class, held)
        .start();
  }

  private static WorkerVerdict of(String worker, ProcessResult result) {
    return result.of(new UnitId(worker)).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "inside"})
  void theSameCondition(String worker) throws Exception {
    runsAcross(
        worker,
        Judged.class,
        Judged.class,
        (state, result, held) -> {
          assertThat(state).isEqualTo(RunState.COMPLETED);
          assertThat(of("chosen", result).verdict()).isEqualTo(Verdict.COMPLETED);
          assertThat(asked).isTrue();
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "inside"})
  void aConditionThatIsGone(String worker) throws Exception {
    runsAcross(
        worker,
        Judged.class,
        Unjudged.class,
        (state, result, held) -> {
          assertThat(state).isEqualTo(RunState.FAILED);
          assertThat(held.begun.seen()).isEmpty();
          assertThat(of(worker, result).verdict()).isEqualTo(Verdict.FAILED);
          assertThat(of(worker, result).failure())
              .isNotNull()
              .extracting(failure -> failure.message())
              .asString()
              .contains("SYNC-0162", "'chosen'", "'of-" + worker + "'");
          assertThat(of("chosen", result).verdict()).isEqualTo(Verdict.SKIPPED);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "inside"})
  void aConditionThatIsNew(String worker) throws Exception {
    runsAcross(
        worker,
        Unjudged.class,
        Judged.class,
        (state, result, held) -> {
          assertThat(state).isEqualTo(RunState.COMPLETED);
          assertThat(of("chosen", result).verdict()).isEqualTo(Verdict.COMPLETED);
          assertThat(asked).isFalse();
        });
  }
}
