package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.SynchronikManager;
import io.synchronik.event.UnitStarted;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.worker.Action;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;
import io.synchronik.worker.WorkerDefinition;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing of the engine begins before the application has started. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class ApplicationStartIT {
  private static final TypeLiteral<Probe<String>> PROBE = new TypeLiteral<>() {};
  private static final Duration EVERY = Duration.ofMillis(10);
  private static final Duration LEASE = Duration.ofSeconds(3);

  /** What the application does at its start. */
  @FunctionalInterface
  interface Opening {
    void open(SynchronikManager manager) throws Exception;
  }

  /** Of a late priority. */
  static class Opener {
    @Inject Opening opening;
    @Inject SynchronikManager manager;
    @Inject Probe<String> told;

    void open(@Observes @Priority(1_000_000_000) Startup event) throws Exception {
      opening.open(manager);
      told.accept("open");
    }
  }

  static class Witness {
    @Inject Probe<String> told;

    void started(@Observes UnitStarted event) {
      told.accept("observed " + event.unit());
    }
  }

  @Worker(id = "due", every = "10ms")
  static class Due implements Action {
    @Inject Probe<String> told;

    @Override
    public void run(RunContext run) {
      told.accept("due");
    }
  }

  @Worker(id = "asked")
  static class Asked implements Action {
    @Inject Probe<String> told;

    @Override
    public void run(RunContext run) {
      told.accept("asked");
    }
  }

  @Parameter DatabaseKind kind;
  private final Probe<String> told = new Probe<>();
  private final List<Node> nodes = new ArrayList<>();
  private Database database;
  private String application;

  @BeforeEach
  void create() {
    database = kind.create("application-start");
    application = database.url();
  }

  @AfterEach
  void drop() {
    nodes.forEach(Node::close);
    database.close();
  }

  private NodeBuilder node(Opening opening) {
    return Node.on(database)
        .setting("synchronik.application", application)
        .setting("synchronik.loop-interval", "100ms")
        .beans(Opener.class, Witness.class, Due.class, Asked.class)
        .instance(Opening.class, opening)
        .instance(PROBE, told);
  }

  private Node started(NodeBuilder builder) {
    Node node = builder.start();
    nodes.add(node);
    return node;
  }

  private List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("synchronik-") && name.contains(application))
        .toList();
  }

  private String note(String what) {
    told.accept(what);
    return what;
  }

  private void assertNothingHasBegun() {
    assertThat(threads()).isEmpty();
    assertThat(told.seen()).isEmpty();
  }

  @Test
  void whatIsDueOrAskedForIsTakenUpAfterIt() {
    List<RunHandle> asked = new ArrayList<>();
    started(
        node(
            manager -> {
              assertNothingHasBegun();
              asked.add(manager.runWorkerById("asked", null));
              manager.registerUnit(
                  WorkerDefinition.of("by-call", run -> note("by call"))
                      .with(config -> config.every(EVERY)));
              manager.pause("by-call");
              manager.resume("by-call");
              manager.runLoopOnce();
              assertThat(manager.runWatcherScan().scanned()).isFalse();
              assertThat(manager.getEngineStats().node().running()).isTrue();
              assertThat(manager.getRunById(asked.get(0).id().value()))
                  .hasValueSatisfying(run -> assertThat(run.state()).isEqualTo(RunState.SUBMITTED));
              assertNothingHasBegun();
            }));

    assertThat(asked.get(0).join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    told.awaitCount(1, "due"::equals, Probe.PATIENCE);
    told.awaitCount(1, "by call"::equals, Probe.PATIENCE);
    told.awaitCount(1, "observed due"::equals, Probe.PATIENCE);
    assertThat(told.seen().get(0)).isEqualTo("open");
  }

  @Test
  void itsThreadDoesNotWaitForRuns() {
    List<RunHandle> asked = new ArrayList<>();
    started(
        node(
            manager -> {
              RunHandle run = manager.runWorkerById("asked", null);
              assertThatThrownBy(() -> run.join(Probe.PATIENCE))
                  .isInstanceOf(IllegalStateException.class)
                  .hasMessageContaining("SYNC-0184")
                  .hasMessageContaining(run.id().value());
              RunHandle cancelled = manager.runWorkerById("asked", null);
              assertThat(cancelled.cancel()).isTrue();
              assertThat(cancelled.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
              asked.add(run);
            }));

    assertThat(asked.get(0).join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
  }

  @Test
  void aRestartBeforeItsEndBeginsNothingAndOneAfterItDoesAtOnce() {
    Node node =
        started(
            node(
                manager -> {
                  manager.stop();
                  manager.start();
                  assertNothingHasBegun();
                }));
    told.awaitCount(1, "due"::equals, Probe.PATIENCE);

    node.manager().stop();
    assertThat(threads()).isEmpty();
    int before = told.seen().size();
    node.manager().start();
    assertThat(threads()).isNotEmpty();

    told.awaitCount(before + 1, value -> true, Probe.PATIENCE);
    assertThat(told.seen().get(0)).isEqualTo("open");
  }

  @Test
  void onlyTheStopIsWaitedForWhenItStopsItself() {
    started(node(SynchronikManager::stop));

    assertThat(threads()).isEmpty();
    assertThat(told.seen()).containsExactly("open");
  }

  @Test
  void oneThatFailsBeginsNothing() {
    RunHandle[] asked = new RunHandle[1];
    NodeBuilder failing =
        node(
            manager -> {
              asked[0] = manager.runWorkerById("asked", null);
              throw new IllegalStateException("does not open");
            });

    assertThatThrownBy(failing::start).hasStackTraceContaining("does not open");

    assertNothingHasBegun();
    started(node(manager -> {}));
    told.awaitCount(1, "asked"::equals, Probe.PATIENCE);
    assertThat(told.seen().get(0)).isEqualTo("open");
  }

  @Test
  void whileItLastsOthersDoNotTakeTheNodeForLost() {
    Node first = started(named("first", manager -> {}));

    started(
        named(
            "second",
            manager -> {
              String incarnation = heartbeat("second").incarnation;
              long from = heartbeat("first").at;
              Await.until(
                  Probe.PATIENCE, () -> heartbeat("first").at - from > 2 * LEASE.toMillis());
              assertThat(first.manager().runWatcherScan().expiredNodes()).isZero();
              assertThat(heartbeat("second").incarnation).isEqualTo(incarnation);
            }));

    Heartbeat begun = heartbeat("second");
    Await.until(Probe.PATIENCE, () -> heartbeat("second").at > begun.at);
    assertThat(heartbeat("second").incarnation).isEqualTo(begun.incarnation);
    assertThat(heartbeat("second").until - heartbeat("second").at).isEqualTo(LEASE.toMillis());
  }

  private NodeBuilder named(String name, Opening opening) {
    return node(opening)
        .setting("synchronik.node", name)
        .setting("synchronik.lease", LEASE.toMillis() + "ms");
  }

  /** When a node was there last and until when it is, in milliseconds. */
  private record Heartbeat(String incarnation, long at, long until) {}

  private Heartbeat heartbeat(String name) {
    try (Connection connection = nodes.get(0).dataSource().getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "select incarnation, heartbeat_at, lease_until from sk_node where name = ?")) {
      statement.setString(1, name);
      try (ResultSet found = statement.executeQuery()) {
        assertThat(found.next()).isTrue();
        return new Heartbeat(
            found.getString(1), found.getTimestamp(2).getTime(), found.getTimestamp(3).getTime());
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
