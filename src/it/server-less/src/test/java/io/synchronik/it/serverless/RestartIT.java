package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.JournalQuery;
import io.synchronik.RunQuery;
import io.synchronik.SynchronikManager;
import io.synchronik.UnitView;
import io.synchronik.event.JournalEntry;
import io.synchronik.event.Milestone;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunId;
import io.synchronik.run.RunState;
import io.synchronik.run.RunView;
import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Overlap;
import io.synchronik.schedule.Schedule;
import io.synchronik.unit.UnitStatus;
import io.synchronik.worker.Action;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import io.synchronik.worker.WorkerDefinition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a second life of an application finds, with code that is partly another. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestartIT {

  @ApplicationScoped
  static class FirstLife {
    @Worker(id = "import", name = "Old import", maxRetries = 1, every = "3d", initialDelay = "2d")
    String load(RunContext run) {
      if ("bad".equals(run.payload(String.class))) {
        throw new IllegalStateException("bad file");
      }
      return "loaded";
    }

    @Worker(id = "gone", every = "100ms", initialDelay = "1d")
    void goes() {}
  }

  @ApplicationScoped
  static class SecondLife {
    @Worker(
        id = "import",
        name = "New import",
        maxRetries = 2,
        every = "5d",
        overlap = Overlap.QUEUE)
    String load(RunContext run) {
      return "loaded better";
    }
  }

  @ApplicationScoped
  static class BothLives {
    @Worker(id = "daily", every = "1d", initialDelay = "2h")
    void daily() {}

    @Worker(id = "disabled", every = "1d")
    void disabled() {}

    @Worker(id = "retrying", maxRetries = 1, retryDelay = "1h")
    int retry(RunContext run) {
      if (run.attempt() == 1) {
        throw new IllegalStateException("first attempt");
      }
      return run.attempt();
    }

    @Worker(id = "stays-disabled-in-code", enabled = "false")
    void off() {}
  }

  @Dependent
  static class Registered implements Action {
    @Override
    public void run(RunContext run) {}
  }

  @Dependent
  static class Unregistered implements Work<String> {
    @Override
    public String run(RunContext run) {
      return "done";
    }
  }

  @Parameter DatabaseKind kind;
  private Database database;
  private Node node;
  private SynchronikManager manager;
  private UnitView importBefore;
  private Instant dailyDue;
  private List<RunView> runsBefore;
  private List<JournalEntry> journalBefore;
  private String retrying;

  @BeforeParameterizedClassInvocation
  void liveTwice() throws SQLException {
    database = kind.create("restart");
    start(FirstLife.class);
    actInTheFirstLife();
    node.close();
    start(SecondLife.class);
  }

  private void start(Class<?> life) {
    node =
        Node.on(database)
            .setting("synchronik.loop-interval", "200ms")
            .setting("synchronik.stop-grace", "100ms")
            .setting("synchronik.node", life.getSimpleName())
            .beans(life, BothLives.class, Registered.class, Unregistered.class)
            .start();
    manager = node.manager();
  }

  private void actInTheFirstLife() {
    manager.runWorkerById("import", "good").join(Probe.PATIENCE);
    manager.runWorkerById("import", "better").join(Probe.PATIENCE);
    manager.runWorkerById("import", "bad").join(Probe.PATIENCE);
    manager.updateUnitConfig("import", config -> config.maxRetries(7));
    manager.pause("import");
    manager.disable("disabled");
    manager.enable("stays-disabled-in-code");
    manager.registerUnit(WorkerDefinition.of("registered", Registered.class));
    manager.registerUnit(
        WorkerDefinition.of("unregistered", Unregistered.class)
            .with(config -> config.every(Duration.ofMillis(100))));
    manager.pause("registered");
    RunHandle waiting = manager.runWorkerById("retrying");
    Await.until(Probe.PATIENCE, () -> waiting.state() == RunState.WAITING);
    retrying = waiting.id().value();
    importBefore = manager.getUnitById("import").orElseThrow();
    dailyDue = manager.getUnitById("daily").orElseThrow().nextDue().orElseThrow();
    runsBefore = manager.findRuns(RunQuery.LATEST.ofUnit("import")).items();
    manager.runLoopOnce();
    journalBefore = journal();
  }

  @AfterParameterizedClassInvocation
  void end() {
    node.close();
    database.close();
  }

  @Test
  void countsStatisticsAndPausesAreAsBefore() {
    UnitView unit = manager.getUnitById("import").orElseThrow();

    assertThat(unit.statistics()).isEqualTo(importBefore.statistics());
    assertThat(unit.statistics().runs()).isEqualTo(3);
    assertThat(unit.statistics().failed()).isEqualTo(1);
    assertThat(unit.statistics().durations().latest()).hasSize(2);
    assertThat(unit.control()).isEqualTo(importBefore.control());
    assertThat(unit.control().pausedBy()).isEqualTo("code");
    assertThat(unit.status()).isEqualTo(UnitStatus.PAUSED);
    assertThat(unit.timing().lastRun()).isEqualTo(importBefore.timing().lastRun());
    assertThat(unit.timing().lastCompletedAt()).isEqualTo(importBefore.timing().lastCompletedAt());
  }

  @Test
  void codeIsNewAndRuntimeChangesStay() {
    UnitView unit = manager.getUnitById("import").orElseThrow();

    assertThat(unit.identity().name()).isEqualTo("New import");
    assertThat(unit.identity().implementation()).contains("SecondLife");
    assertThat(unit.workerConfig().retry().maxRetries()).isEqualTo(7);
    assertThat(unit.workerConfig().overlap()).isEqualTo(Overlap.QUEUE);
    assertThat(unit.workerConfig().schedule())
        .isEqualTo(
            new Schedule.Every(
                Duration.ofDays(5), IntervalMode.FIXED_RATE, Duration.ZERO, Duration.ZERO));
    assertThat(unit.nextDue().orElseThrow())
        .isNotEqualTo(importBefore.nextDue().orElseThrow())
        .isAfter(manager.getRegistrySnapshot().at());
  }

  @Test
  void scheduleThatIsTheSameKeepsItsTimes() {
    assertThat(manager.getUnitById("daily").orElseThrow().nextDue()).contains(dailyDue);
  }

  @Test
  void switchesStay() {
    UnitView disabled = manager.getUnitById("disabled").orElseThrow();
    assertThat(disabled.control().enabled()).isFalse();
    assertThat(disabled.nextDue()).isEmpty();
    assertThat(manager.getUnitById("stays-disabled-in-code").orElseThrow().control().enabled())
        .isTrue();
  }

  @Test
  void historyIsKept() {
    List<RunView> runs = manager.findRuns(RunQuery.LATEST.ofUnit("import")).items();

    assertThat(runs).extracting(RunView::id).containsExactlyElementsOf(ids(runsBefore));
    assertThat(runs.get(0).execution().failure().message()).contains("bad file");
    RunView loaded = manager.getRunById(runs.get(2).id().value()).orElseThrow();
    assertThat(loaded.execution().result().as(String.class)).isEqualTo("loaded");
    assertThat(runs.get(2).execution().node()).isEqualTo("FirstLife");
  }

  private static List<RunId> ids(List<RunView> runs) {
    return runs.stream().map(RunView::id).toList();
  }

  @Test
  void journalGoesOn() {
    Probe<Milestone> announced = new Probe<>();
    manager.onMilestone("second life", announced);
    manager.emitMilestone("second life", null);
    announced.awaitNext(milestone -> true);
    manager.runLoopOnce();

    List<JournalEntry> journal = journal();
    assertThat(journal.subList(0, journalBefore.size()))
        .extracting(entry -> entry.event().eventId())
        .containsExactlyElementsOf(
            journalBefore.stream().map(entry -> entry.event().eventId()).toList());
    assertThat(journal)
        .extracting(JournalEntry::position)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, journal.size()).boxed().toList());
    assertThat(journal)
        .filteredOn(
            entry ->
                entry.event() instanceof Milestone milestone
                    && milestone.milestoneId().equals("storage:loaded"))
        .hasSize(2);
  }

  @Test
  void runThatWaitedGoesOnWithItsNextAttempt() throws SQLException {
    assertThat(manager.getRunById(retrying).orElseThrow().state()).isEqualTo(RunState.WAITING);
    database.execute("update sk_run set due_at = submitted_at where id = ?", retrying);

    Await.until(
        Probe.PATIENCE,
        () -> manager.getRunById(retrying).orElseThrow().state() == RunState.COMPLETED);

    RunView run = manager.getRunById(retrying).orElseThrow();
    assertThat(run.execution().attempt()).isEqualTo(2);
    assertThat(run.execution().node()).isEqualTo("SecondLife");
  }

  @Test
  void unitWhoseCodeIsGoneIsShownAndNotFired() throws SQLException {
    database.execute("update sk_schedule set next_due = last_due where unit = 'unregistered'");
    long before = database.number("select count(*) from sk_run where unit = 'unregistered'");
    manager.runLoopOnce();
    manager.runLoopOnce();

    assertThat(manager.getUnitById("gone").orElseThrow().identity().known()).isFalse();
    assertThat(manager.getUnitById("unregistered").orElseThrow().identity().known()).isFalse();
    assertThat(database.number("select count(*) from sk_run where unit = 'unregistered'"))
        .isEqualTo(before);
  }

  @Test
  void unitThatIsRegisteredAgainHasItsState() {
    manager.registerUnit(WorkerDefinition.of("registered", Registered.class));

    UnitView unit = manager.getUnitById("registered").orElseThrow();
    assertThat(unit.identity().known()).isTrue();
    assertThat(unit.control().paused()).isTrue();
  }

  private List<JournalEntry> journal() {
    return manager.readJournal(new JournalQuery(0, null, Set.of(), 1000));
  }
}
