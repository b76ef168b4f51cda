package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.SynchronikManager;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.EngineLog;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.RunState;
import io.synchronik.run.SynchronikException;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import io.synchronik.worker.WorkerDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Starts that meet an obstacle, and stops that meet code which does not end. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class LifecycleIT {

  @Worker(id = "quick", name = "Quick")
  static class Quick implements Work<String> {
    @Override
    public String run(RunContext run) {
      return "done";
    }
  }

  @Parameter DatabaseKind kind;
  private final EngineLog log = EngineLog.open();
  private String application;
  private Database database;
  private Node node;
  private SynchronikManager manager;

  @BeforeEach
  void create() {
    database = kind.create("lifecycle");
    application = database.url();
  }

  @AfterEach
  void drop() {
    if (node != null) {
      node.close();
    }
    database.close();
    log.close();
  }

  private void start(String startWait) {
    node = builder(startWait).start();
    manager = node.manager();
  }

  private NodeBuilder builder(String startWait) {
    return Node.on(database)
        .setting("synchronik.application", application)
        .setting("synchronik.loop-interval", "50ms")
        .setting("synchronik.stop-grace", "50ms")
        .setting("synchronik.start-wait", startWait)
        .beans(Quick.class);
  }

  @Test
  void aStartWaitsForTheDatabase() throws Exception {
    start("20s");
    manager.stop();
    node.disconnect();

    CompletableFuture<Void> start = CompletableFuture.runAsync(manager::start);
    assertThat(log.await(Level.WARNING, "SYNC-0151"))
        .contains(application)
        .contains("20s")
        .contains("SYNC-0150 The datasource 'bean of the type DataSource'")
        .contains("is cut off");
    assertThat(start).isNotDone();
    node.reconnect();

    start.get(20, TimeUnit.SECONDS);
    assertThat(runQuick()).isEqualTo(RunState.COMPLETED);
    assertThat(log.lines(Level.WARNING, "SYNC-0151")).hasSize(1);
  }

  @Test
  void aStartThatWaitedInVainLeavesNothingAndASecondOneWorks() {
    start("100ms");
    manager.stop();
    node.disconnect();

    assertThatThrownBy(manager::start)
        .isInstanceOf(SynchronikException.class)
        .hasMessageContaining("SYNC-0152")
        .hasMessageContaining("SYNC-0150 The datasource 'bean of the type DataSource'");
    assertNoThreads();
    node.reconnect();

    manager.start();
    assertThat(runQuick()).isEqualTo(RunState.COMPLETED);
  }

  @Test
  void aNodeStartsWhileSomebodyHoldsItsUnits() throws Exception {
    start("10s");
    try (Connection other = database.connect()) {
      hold(other);

      try (Node second = builder("10s").start()) {
        assertThat(second.manager().getUnitById("quick")).isPresent();
      }
    }
  }

  @Test
  void aChangedDefinitionWaitsForWhoeverHoldsTheUnit() throws Exception {
    start("20s");
    node.close();
    database.execute("update sk_unit set name = 'Old' where id = 'quick'");
    CompletableFuture<Node> second;
    try (Connection other = database.connect()) {
      hold(other);
      second = CompletableFuture.supplyAsync(() -> builder("20s").start());
      log.await(Level.WARNING, "SYNC-0151");
      assertThat(second).isNotDone();
    }

    node = second.get(30, TimeUnit.SECONDS);
    assertThat(node.manager().getUnitById("quick").orElseThrow().identity().name())
        .isEqualTo("Quick");
  }

  private static void hold(Connection other) throws SQLException {
    other.setAutoCommit(false);
    other.createStatement().execute("update sk_unit set name = name where id = 'quick'");
    other.createStatement().execute("update sk_schedule set misfires = misfires");
  }

  @Test
  void aStopEndsFollowersListenersAndObserversThatBlock() {
    start("1s");
    CountDownLatch never = new CountDownLatch(1);
    Probe<String> blocked = new Probe<>();
    manager.followJournal(0, entry -> block("follower", blocked, never));
    manager.subscribeToEvents(event -> block("listener", blocked, never));
    manager
        .runWorkerById("quick")
        .outcome()
        .thenAccept(outcome -> block("continuation", blocked, never));
    blocked.awaitCount(2, one -> true, Probe.PATIENCE);

    assertStopIsBounded();

    assertNoThreads();
    manager.start();
  }

  @Test
  void aStopWithoutADatabaseIsBounded() {
    start("1s");
    Held held = Held.interruptibly();
    manager.registerUnit(WorkerDefinition.of("held", held));
    manager.runWorkerById("held");
    held.awaitBegun();
    node.disconnect();

    assertStopIsBounded();

    assertNoThreads();
    node.reconnect();
    manager.start();
    held.letAllGo();
    assertThat(runQuick()).isEqualTo(RunState.COMPLETED);
  }

  private void assertStopIsBounded() {
    CompletableFuture<Void> stop = CompletableFuture.runAsync(manager::stop);
    assertThat(stop).succeedsWithin(Probe.PATIENCE);
  }

  private static void block(String who, Probe<String> blocked, CountDownLatch never) {
    blocked.accept(who);
    try {
      never.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  private RunState runQuick() {
    return manager.runWorkerById("quick").join(Probe.PATIENCE).state();
  }

  private void assertNoThreads() {
    Await.until(Probe.PATIENCE, () -> threads().isEmpty());
  }

  private List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(name -> name.contains(application) && !name.contains("observer"))
        .toList();
  }
}
