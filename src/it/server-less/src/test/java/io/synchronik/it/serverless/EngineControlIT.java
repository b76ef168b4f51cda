package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.SynchronikManager;
import io.synchronik.event.Milestone;
import io.synchronik.event.SynchronikEvent;
import io.synchronik.event.UnitStarted;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.EngineStoppedException;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import io.synchronik.worker.WorkerDefinition;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Starting and stopping the engine of a node. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class EngineControlIT {

  @Worker(id = "held")
  static class HeldWorker implements Work<Integer> {
    @Inject Held held;

    @Override
    public Integer run(RunContext run) throws Exception {
      return held.run(run);
    }
  }

  @Parameter DatabaseKind kind;
  private final Held held = Held.interruptibly();
  private String application;
  private Database database;
  private Node node;
  private SynchronikManager manager;

  @BeforeEach
  void create() {
    database = kind.create("control");
    application = database.url();
  }

  @AfterEach
  void drop() {
    node.close();
    database.close();
  }

  private void start(String grace) {
    node =
        Node.on(database)
            .setting("synchronik.application", application)
            .setting("synchronik.stop-grace", grace)
            .setting("synchronik.loop-interval", "100ms")
            .beans(HeldWorker.class)
            .instance(Held.class, held)
            .start();
    manager = node.manager();
  }

  @Test
  void secondStartDoesNothing() {
    start("100ms");
    Instant started = manager.getEngineStats().node().startedAt();
    List<String> threads = alone();

    manager.start();

    assertThat(manager.getEngineStats().node().startedAt()).isEqualTo(started);
    assertThat(alone()).containsExactlyInAnyOrderElementsOf(threads);
    assertThat(threads).filteredOn(name -> name.startsWith("synchronik-intake ")).hasSize(1);
  }

  @Test
  void stopWaitsForRunningWork() throws Exception {
    start("1m");
    RunHandle run = manager.runWorkerById("held");
    held.awaitBegun();

    CompletableFuture<Void> stop = CompletableFuture.runAsync(manager::stop);
    Await.until(Probe.PATIENCE, () -> !manager.getEngineStats().node().running());
    assertThat(stop).isNotDone();
    held.letGo();
    stop.get(Probe.PATIENCE.toSeconds(), TimeUnit.SECONDS);

    assertThat(run.state()).isEqualTo(RunState.COMPLETED);
    assertThat(held.interrupted.seen()).isEmpty();
    Await.until(Probe.PATIENCE, () -> threads().isEmpty());
  }

  @Test
  void interruptedWorkGoesOnAtTheNextStartWithoutAnAttemptCounted() {
    start("50ms");
    Probe<SynchronikEvent> events = Probe.events(manager);
    RunHandle run = manager.runWorkerById("held");
    held.awaitBegun();

    manager.stop();
    assertThat(held.interrupted.seen()).hasSize(1);
    assertThat(run.state()).isEqualTo(RunState.READY);
    assertThat(manager.getRunById(run.id().value()).orElseThrow().execution().attempt()).isZero();
    assertThatThrownBy(() -> run.join(Probe.PATIENCE)).isInstanceOf(EngineStoppedException.class);

    manager.start();
    assertThat(held.awaitBegun().attempt()).isEqualTo(1);
    held.letGo();
    RunHandle found = manager.findRun(run.id().value()).orElseThrow();
    assertThat(found.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(
            events.seen(
                event -> event instanceof UnitStarted && event.run().equals(Optional.of(run.id()))))
        .hasSize(1);
  }

  @Test
  void nothingStartsOnAStoppedNodeAndCallsStillWork() {
    start("50ms");
    Probe<String> ran = new Probe<>();
    manager.registerUnit(
        WorkerDefinition.of(
                "often",
                run -> {
                  ran.accept(run.run().value());
                  return null;
                })
            .with(config -> config.every(Duration.ofMillis(20))));
    ran.awaitNext(run -> true);

    manager.stop();
    manager.stop();
    int before = ran.seen().size();
    Instant due = manager.getUnitById("often").orElseThrow().nextDue().orElseThrow();
    RunHandle asked = manager.runWorkerById("held");
    manager.updateUnitConfig("held", config -> config.maxRetries(2));
    Await.until(
        Probe.PATIENCE, () -> manager.getRegistrySnapshot().at().isAfter(due.plusMillis(100)));

    assertThat(ran.seen()).hasSize(before);
    assertThat(asked.state()).isEqualTo(RunState.SUBMITTED);
    assertThat(manager.getUnitById("held").orElseThrow().workerConfig().retry().maxRetries())
        .isEqualTo(2);
    assertThatThrownBy(() -> manager.runLoopOnce()).isInstanceOf(EngineStoppedException.class);

    manager.start();
    held.letAllGo();
    assertThat(asked.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    ran.awaitCount(before + 2, run -> true, Probe.PATIENCE);
  }

  @Test
  void whatComesTrueOnAStoppedNodeIsAnnouncedAtItsNextStart() {
    start("50ms");
    Probe<SynchronikEvent> events = Probe.events(manager);
    RunHandle run = manager.runWorkerById("held");
    held.awaitBegun();
    manager.stop();

    assertThat(run.cancel()).isTrue();
    manager.emitMilestone("while stopped", null);
    manager.start();

    events.awaitNext(Milestone.class, milestone -> milestone.milestoneId().equals("while stopped"));
    assertThat(events.seen(event -> event.run().equals(Optional.of(run.id()))))
        .extracting(event -> event.getClass().getSimpleName())
        .contains("UnitCancelled");
  }

  @Test
  void allUnitsArePausedAndResumed() {
    start("50ms");
    manager.registerUnit(WorkerDefinition.of("other", run -> "done"));

    manager.stopAll();
    assertThat(manager.listUnits()).hasSize(2).allMatch(unit -> unit.control().paused());

    manager.startAll();
    assertThat(manager.listUnits()).hasSize(2).noneMatch(unit -> unit.control().paused());
  }

  @Test
  void deafWorkDoesNotHoldUpTheStopForEver() {
    start("50ms");
    Held deaf = Held.deaf();
    manager.registerUnit(WorkerDefinition.of("deaf", deaf));
    RunHandle run = manager.runWorkerById("deaf");
    deaf.awaitBegun();

    manager.stop();

    assertThat(manager.getRunById(run.id().value()).orElseThrow().state())
        .isEqualTo(RunState.RUNNING);
    deaf.letAllGo();
    Await.until(Probe.PATIENCE, () -> threads().isEmpty());
  }

  @Test
  void closeLeavesNoThread() {
    start("50ms");
    manager.runWorkerById("held");
    held.awaitBegun();
    assertThat(threads()).isNotEmpty();

    node.close();

    Await.until(Probe.PATIENCE, () -> threads().isEmpty());
  }

  /** Without those of pools, which grow when there is need. */
  private List<String> alone() {
    return threads().stream().filter(name -> !name.matches(".*-\\d+")).toList();
  }

  private List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(name -> name.contains(application))
        .toList();
  }
}
