package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.process.Process;
import io.synchronik.process.RunMode;
import io.synchronik.process.WorkerProcess;
import io.synchronik.process.WorkerProcess.Step;
import io.synchronik.worker.Action;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.inject.Produces;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is wrong with processes fails the start, all of it at once and with that of workers. */
class ProcessDefinitionErrorsIT {
  private final Database database = DatabaseKind.H2.create("processes");

  @AfterEach
  void drop() {
    database.close();
  }

  @Worker(id = "one")
  static class One implements Action {
    @Override
    public void run(RunContext run) {}
  }

  @ApplicationScoped
  static class Several {
    @Worker(id = "two")
    void two() {}

    @Worker(id = "three")
    void three() {}

    @Worker(id = "broken", every = "soon")
    void broken() {}
  }

  static class Nobody {}

  @WorkerProcess(id = "not an id", workers = One.class)
  static class BadId {}

  @WorkerProcess(id = "one", workers = One.class)
  static class IdOfAWorker {}

  @WorkerProcess(id = "empty")
  static class Empty {}

  @WorkerProcess(id = "both-lists", workers = One.class, steps = @Step(id = "two"))
  static class BothLists {}

  @WorkerProcess(
      id = "bad-steps",
      steps = {
        @Step(id = "two"),
        @Step(worker = One.class, id = "one"),
        @Step,
        @Step(id = "a b"),
        @Step(id = "three", afterIds = "${no.such.key}")
      })
  static class BadSteps {}

  @WorkerProcess(
      id = "bad-classes",
      workers = {One.class, Several.class, Nobody.class})
  static class BadClasses {}

  @WorkerProcess(
      id = "unknown",
      steps = {@Step(id = "nowhere"), @Step(id = "one", afterIds = "never")})
  static class Unknown {}

  @WorkerProcess(
      id = "cycle",
      steps = {
        @Step(id = "one", afterIds = "three"),
        @Step(id = "two", after = One.class),
        @Step(id = "three", afterIds = "two")
      })
  static class Cycle {}

  @WorkerProcess(
      id = "outside",
      steps = {@Step(id = "one"), @Step(id = "one"), @Step(id = "two", afterIds = "three")})
  static class Outside {}

  @WorkerProcess(id = "no-graph", mode = RunMode.GRAPH, workers = One.class)
  static class NoGraph {}

  @WorkerProcess(
      id = "parallel-graph",
      mode = RunMode.PARALLEL,
      steps = {@Step(id = "one"), @Step(id = "two", afterIds = "one")})
  static class ParallelGraph {}

  @WorkerProcess(id = "bad-policy", failurePolicy = "hope", workers = One.class)
  static class BadPolicy {}

  @WorkerProcess(id = "bad-cron", cron = "0 0 3 * *", workers = One.class)
  static class BadCron {}

  @WorkerProcess(id = "perhaps", enabled = "perhaps", workers = One.class)
  static class Perhaps {}

  @WorkerProcess(id = "bad-override", workers = One.class)
  static class BadOverride {}

  @WorkerProcess(id = "of-a-broken-worker", steps = @Step(id = "broken"))
  static class OfABrokenWorker {}

  @WorkerProcess(id = "abstract", workers = One.class)
  abstract static class Abstract {}

  @SessionScoped
  @WorkerProcess(id = "session", workers = One.class)
  static class InSession implements Serializable {}

  private static final Class<?>[] ANNOTATED = {
    One.class,
    Several.class,
    BadId.class,
    IdOfAWorker.class,
    Empty.class,
    BothLists.class,
    BadSteps.class,
    BadClasses.class,
    Unknown.class,
    Cycle.class,
    Outside.class,
    NoGraph.class,
    ParallelGraph.class,
    BadPolicy.class,
    BadCron.class,
    Perhaps.class,
    BadOverride.class,
    OfABrokenWorker.class,
    Abstract.class,
    InSession.class
  };

  @ApplicationScoped
  static class Jobs {
    @Produces
    Process fails() {
      throw new IllegalStateException("no database yet");
    }

    @Produces
    Process failsToBuild() {
      return Process.named("mixed").sequential().workers("one", "two").after("one").build();
    }

    @Produces
    @Nullable Process gone() {
      return null;
    }

    @Produces
    @ApplicationScoped
    Process notProxyable() {
      return Process.named("scoped").workers("one").build();
    }

    @Produces
    Process twice() {
      return Process.named("cycle-of-two")
          .worker("one")
          .after("two")
          .worker("two")
          .after(One.class, result -> true)
          .build();
    }

    @Produces
    Process overridden() {
      return Process.named("overridden").workers("one").cron("0 0 0 31 2 ?").build();
    }

    @Produces
    Process again() {
      return Process.named("no-graph").workers("one").build();
    }
  }

  @Test
  void annotatedOnes() {
    String message = failure(node().beans(ANNOTATED));

    assertThat(message).contains("SYNC-0017 24 definition error(s), nothing was started");
    assertAnnotated(message);
  }

  @Test
  void producedOnesTogetherWithTheOthers() {
    String message =
        failure(
            node()
                .setting("synchronik.unit.\"overridden\".mode", "graph")
                .beans(ANNOTATED)
                .beans(Jobs.class));

    assertThat(message).contains("SYNC-0017 32 definition error(s), nothing was started");
    assertAnnotated(message);
    assertListed(message, "SYNC-0007", "'no-graph'", "NoGraph", "Jobs.again()");
    assertListed(message, "SYNC-0025", "Jobs.fails()", "no database yet");
    assertListed(message, "SYNC-0025", "Jobs.failsToBuild()", "'mixed'", "SEQUENTIAL");
    assertListed(message, "SYNC-0025", "Jobs.gone()", "null");
    assertListed(message, "SYNC-0025", "Jobs.notProxyable()", "final");
    assertListed(message, "SYNC-0018", "'cycle-of-two' (", "Jobs.twice()", "one → two → one");
    assertListed(message, "SYNC-0012", "Process 'overridden' (", "Jobs.overridden()", "never due");
    assertListed(message, "SYNC-0020", "'overridden'");
  }

  private static void assertAnnotated(String message) {
    assertListed(message, "SYNC-0012", "Worker 'broken'", "'soon'");
    assertListed(message, "SYNC-0008", "BadId", "'not an id'");
    assertListed(message, "SYNC-0007", "'one'", "$One", "IdOfAWorker");
    assertListed(message, "SYNC-0018", "'empty' (", "$Empty)", "it has no workers");
    assertListed(message, "SYNC-0021", "'both-lists'", "workers and steps are both set");
    assertListed(message, "SYNC-0022", "'bad-steps'", "step 2 names both a class and an id");
    assertListed(message, "SYNC-0022", "'bad-steps'", "step 3 names neither a class nor an id");
    assertListed(message, "SYNC-0022", "'bad-steps'", "step 4", "'a b' is not a unit id");
    assertListed(message, "SYNC-0022", "'bad-steps'", "step 5", "${no.such.key}");
    assertListed(message, "SYNC-0023", "'bad-classes'", "Nobody declares no worker");
    assertListed(message, "SYNC-0024", "'bad-classes'", "Several", "[broken, three, two]");
    assertListed(message, "SYNC-0018", "'unknown'", "there is no worker 'nowhere'");
    assertListed(message, "SYNC-0018", "'unknown'", "'one' depends on 'never'", "not exist");
    assertListed(message, "SYNC-0018", "'cycle'", "one → two → three → one");
    assertListed(message, "SYNC-0018", "'outside'", "worker 'one' is there more than once");
    assertListed(message, "SYNC-0018", "'outside'", "'three', which is not part of the process");
    assertListed(message, "SYNC-0020", "'no-graph'", "no worker depends on another");
    assertListed(message, "SYNC-0019", "'parallel-graph'", "cannot be PARALLEL");
    assertListed(message, "SYNC-0012", "Process 'bad-policy'", "failurePolicy", "'hope'");
    assertListed(message, "SYNC-0012", "Process 'bad-cron'", "5 fields");
    assertListed(message, "SYNC-0012", "Process 'perhaps'", "neither true nor false");
    assertListed(message, "SYNC-0012", "Process 'bad-override'", "batchSize: 'some'");
    assertListed(message, "SYNC-0013", "Process 'abstract'", "the class is abstract");
    assertListed(message, "SYNC-0011", "Process 'session'", "SessionScoped");
    assertThat(message).doesNotContain("of-a-broken-worker");
  }

  private NodeBuilder node() {
    return Node.on(database).setting("synchronik.unit.\"bad-override\".batch-size", "some");
  }

  private static void assertListed(String message, String... parts) {
    assertThat(message.lines())
        .as("a line with %s", Arrays.toString(parts))
        .anyMatch(line -> Arrays.stream(parts).allMatch(line::contains));
  }

  private static String failure(NodeBuilder node) {
    Throwable thrown = catchThrowable(() -> node.start().close());
    assertThat(thrown).isNotNull();
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
        .map(Throwable::getMessage)
        .reduce("", (all, message) -> all + message + '\n');
  }
}
