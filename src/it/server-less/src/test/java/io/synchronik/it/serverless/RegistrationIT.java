package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.RunRequest;
import io.synchronik.event.Milestone;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.InvalidDefinitionException;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.run.UnitNotRunnableException;
import io.synchronik.run.UnknownRunException;
import io.synchronik.run.UnknownUnitException;
import io.synchronik.schedule.Overlap;
import io.synchronik.unit.UnitKind;
import io.synchronik.worker.Action;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import io.synchronik.worker.WorkerDefinition;
import jakarta.enterprise.context.Dependent;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Units that come and go at runtime. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class RegistrationIT extends SharedNode {

  @Worker(id = "declared")
  static class Declared implements Work<String> {
    @Override
    public String run(RunContext run) {
      return "declared";
    }
  }

  @Dependent
  static class Greet implements Work<String> {
    @Override
    public String run(RunContext run) {
      return "hello " + run.payload(String.class);
    }
  }

  @Dependent
  static class Wave implements Action {
    @Override
    public void run(RunContext run) {}
  }

  @Dependent
  static class Idle {}

  @Dependent
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  static class Apart implements Action {
    @Override
    public void run(RunContext run) {}
  }

  /** Not a bean of the node. */
  static class Stranger implements Action {
    @Override
    public void run(RunContext run) {}
  }

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder.beans(Declared.class, Greet.class, Wave.class, Idle.class, Apart.class);
  }

  @Test
  void beanClassIsRegistered() {
    manager.registerUnit(
        WorkerDefinition.of("greet", Greet.class)
            .withName("Greeting")
            .withDescription("Says hello"));
    manager.registerUnit(WorkerDefinition.of("wave", Wave.class).withEnabled(false));

    assertThat(
            manager.runWorkerById("greet", "world").join(Probe.PATIENCE).result().as(String.class))
        .isEqualTo("hello world");
    assertThat(unit("greet").identity().name()).isEqualTo("Greeting");
    assertThat(unit("greet").identity().description()).isEqualTo("Says hello");
    assertThat(unit("greet").identity().implementation()).isEqualTo(Greet.class.getName());
    assertThat(unit("greet").identity().kind()).isEqualTo(UnitKind.WORKER);
    assertThat(unit("greet").identity().known()).isTrue();
    assertThat(unit("wave").control().enabled()).isFalse();
    RunHandle forced = manager.runUnitById("wave", RunRequest.PLAIN.forced());
    assertThat(forced.join(Probe.PATIENCE).result().json()).isNull();
  }

  @Test
  void lambdaIsRegisteredAndSaysSo() {
    register("lambda", run -> "done");

    assertThat(unit("lambda").identity().implementation())
        .isEqualTo("code in memory of " + RegistrationIT.class.getName());
    assertThat(unit("lambda").identity().name()).isEqualTo("lambda");
    assertThat(manager.listUnits())
        .extracting(unit -> unit.id().value())
        .contains("declared", "lambda")
        .isSorted();
  }

  @Test
  void theSameDefinitionAgainKeepsItsState() {
    manager.registerUnit(WorkerDefinition.of("again", Greet.class).with(c -> c.maxRetries(2)));
    manager.runWorkerById("again", "you").join(Probe.PATIENCE);
    manager.pause("again");
    manager.updateUnitConfig("again", config -> config.timeout(Duration.ofSeconds(30)));

    manager.registerUnit(WorkerDefinition.of("again", Greet.class).with(c -> c.maxRetries(3)));

    assertThat(unit("again").control().paused()).isTrue();
    assertThat(unit("again").statistics().completed()).isEqualTo(1);
    assertThat(unit("again").workerConfig().timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(unit("again").workerConfig().retry().maxRetries()).isEqualTo(3);
  }

  @Test
  void anotherDefinitionOfTheSameIdIsAnError() {
    register("first", run -> "the first");

    assertThatThrownBy(() -> manager.registerUnit(WorkerDefinition.of("first", Greet.class)))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("SYNC-0007")
        .hasMessageContaining("'first'")
        .hasMessageContaining("code in memory")
        .hasMessageContaining(Greet.class.getName());
    assertThatThrownBy(() -> register("declared", run -> "another"))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("SYNC-0007")
        .hasMessageContaining(Declared.class.getName());
    assertThatThrownBy(() -> register("first", run -> "the second"))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("SYNC-0007");

    assertThat(resultOf("first")).isEqualTo("the first");
    assertThat(resultOf("declared")).isEqualTo("declared");
  }

  @Test
  void wrongDefinitionIsRefusedAndNothingIsRegistered() {
    assertRefused(WorkerDefinition.of("idle", Idle.class), "SYNC-0009");
    assertRefused(WorkerDefinition.of("stranger", Stranger.class), "SYNC-0013");
    assertRefused(WorkerDefinition.of("apart", Apart.class), "SYNC-0015");
    assertRefused(
        WorkerDefinition.of("bad-cron", Greet.class)
            .with(config -> config.cron("0 0 3 * *", ZoneId.of("UTC"))),
        "SYNC-0012");
    assertThatThrownBy(() -> WorkerDefinition.of("no spaces", Greet.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'no spaces'");
  }

  private void assertRefused(WorkerDefinition definition, String number) {
    assertThatThrownBy(() -> manager.registerUnit(definition))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining(number)
        .hasMessageContaining("'" + definition.id() + "'");
    assertThat(manager.getUnitById(definition.id().value())).isEmpty();
  }

  @Test
  void releasedUnitIsGoneWithItsHistory() {
    register("released", run -> "done");
    RunHandle run = manager.runWorkerById("released");
    run.join(Probe.PATIENCE);

    manager.releaseUnit("released");

    assertThat(manager.getUnitById("released")).isEmpty();
    assertThat(manager.getRunById(run.id().value())).isEmpty();
    assertThatThrownBy(run::state).isInstanceOf(UnknownRunException.class);
    assertThatThrownBy(() -> manager.runWorkerById("released"))
        .isInstanceOf(UnknownUnitException.class);
    awaitMilestone("unit:released:released");
    register("released", again -> "new");
    assertThat(unit("released").statistics().runs()).isZero();
    assertThat(resultOf("released")).isEqualTo("new");
  }

  @Test
  void releasedUnitIsNotFiredAnyMore() {
    AtomicInteger calls = new AtomicInteger();
    Probe<String> ran = new Probe<>();
    register(
        "fired",
        run -> {
          ran.accept("run " + calls.incrementAndGet());
          return null;
        },
        config -> config.every(Duration.ofMillis(50)));
    ran.awaitNext(run -> true);

    Await.until(
        Probe.PATIENCE,
        () -> {
          if (manager.getUnitById("fired").isPresent()) {
            manager.releaseUnit("fired");
          }
          return manager.getUnitById("fired").isEmpty();
        });
    int before = calls.get();
    manager.runLoopOnce();
    manager.runLoopOnce();
    assertThat(resultOf("declared")).isEqualTo("declared");

    assertThat(calls).hasValue(before);
  }

  @Test
  void releaseWaitsForTheRunInProgress() {
    Held held = Held.interruptibly();
    register("busy", held);
    RunHandle run = manager.runWorkerById("busy");
    held.awaitBegun();

    manager.releaseUnit("busy");

    assertThat(manager.getUnitById("busy")).isPresent();
    assertThatThrownBy(() -> manager.runUnitById("busy", RunRequest.PLAIN.forced()))
        .isInstanceOf(UnitNotRunnableException.class)
        .hasMessageContaining("being released");
    assertThat(run.state()).isEqualTo(RunState.RUNNING);
    held.letGo();
    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    Await.until(Probe.PATIENCE, () -> manager.getUnitById("busy").isEmpty());
    awaitMilestone("unit:busy:released");
    assertThat(held.interrupted.seen()).isEmpty();
  }

  @Test
  void forcedReleaseCancelsTheRunInProgress() {
    Held held = Held.interruptibly();
    register("forced", held);
    RunHandle run = manager.runWorkerById("forced");
    held.awaitBegun();

    manager.releaseUnit("forced", true);

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
    Await.until(Probe.PATIENCE, () -> manager.getUnitById("forced").isEmpty());
  }

  @Test
  void forcedReleaseOfAnIdleUnitIsAtOnce() {
    register("forced-idle", run -> "done");

    manager.releaseUnit("forced-idle", true);

    assertThat(manager.getUnitById("forced-idle")).isEmpty();
  }

  @Test
  void runThatWaitedForAReleasedUnitEnds() {
    Held held = Held.interruptibly();
    register("waited-for", held, config -> config.overlap(Overlap.QUEUE));
    RunHandle first = manager.runWorkerById("waited-for");
    held.awaitBegun();
    RunHandle second = manager.runWorkerById("waited-for");
    manager.runLoopOnce();
    assertThat(second.state()).isEqualTo(RunState.SUBMITTED);

    manager.releaseUnit("waited-for");
    assertThat(second.join(Probe.PATIENCE).state()).isEqualTo(RunState.SKIPPED);
    held.letGo();

    assertThat(first.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    Await.until(Probe.PATIENCE, () -> manager.getUnitById("waited-for").isEmpty());
  }

  @Test
  void registeringAndReleasingJoinTheTransaction() throws Exception {
    register("kept", run -> "kept");

    assertThatThrownBy(
            () ->
                node.inTransaction(
                    () -> {
                      register("undone", run -> "never");
                      manager.pause("kept");
                      manager.releaseUnit("kept");
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(manager.getUnitById("undone")).isEmpty();
    assertThat(resultOf("kept")).isEqualTo("kept");

    node.inTransaction(
        () -> {
          register("undone", run -> "at last");
          manager.releaseUnit("kept");
        });
    assertThat(resultOf("undone")).isEqualTo("at last");
    assertThat(manager.getUnitById("kept")).isEmpty();
  }

  private String resultOf(String unit) {
    return manager.runWorkerById(unit).join(Probe.PATIENCE).result().as(String.class);
  }

  private void awaitMilestone(String id) {
    events.awaitCount(
        1,
        event -> event instanceof Milestone milestone && milestone.milestoneId().equals(id),
        Probe.PATIENCE);
  }
}
