package io.synchronik.it.serverless;

import io.synchronik.SynchronikManager;
import io.synchronik.UnitView;
import io.synchronik.event.SynchronikEvent;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemRunView;
import io.synchronik.item.ItemStatistics;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunId;
import io.synchronik.run.RunState;
import io.synchronik.run.RunView;
import io.synchronik.worker.Work;
import io.synchronik.worker.WorkerConfigBuilder;
import io.synchronik.worker.WorkerDefinition;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** One node that all tests of a class share, each with units of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SharedNode {
  @Parameter DatabaseKind kind;
  Database database;
  Node node;
  SynchronikManager manager;
  Probe<SynchronikEvent> events;

  /** Returns what the node is made of. */
  NodeBuilder configured(NodeBuilder builder) {
    return builder;
  }

  @BeforeParameterizedClassInvocation
  void startNode() throws Exception {
    database = kind.create(getClass().getSimpleName());
    node =
        configured(
                Node.on(database)
                    .setting("synchronik.loop-interval", "200ms")
                    .setting("synchronik.stop-grace", "100ms"))
            .start();
    manager = node.manager();
    events = Probe.events(manager);
    prepare();
  }

  /** Prepares what all tests use. */
  void prepare() throws Exception {}

  @AfterParameterizedClassInvocation
  void stopNode() {
    if (node != null) {
      node.close();
    }
    database.close();
  }

  void register(String id, Work<?> work, UnaryOperator<WorkerConfigBuilder> config) {
    manager.registerUnit(WorkerDefinition.of(id, work).with(config));
  }

  void register(String id, Work<?> work) {
    register(id, work, UnaryOperator.identity());
  }

  UnitView unit(String id) {
    return manager.getUnitById(id).orElseThrow();
  }

  /** Returns the counts of a run's items; none before it has any. */
  ItemStatistics itemStatistics(RunHandle run) {
    return manager
        .items()
        .findRun(run.id().value())
        .map(ItemRunView::statistics)
        .orElse(ItemStatistics.NONE);
  }

  RunView view(RunHandle run) {
    return manager.getRunById(run.id().value()).orElseThrow();
  }

  void awaitState(RunHandle run, RunState state) {
    Await.until(Probe.PATIENCE, () -> run.state() == state);
  }

  /** Waits for the next event of a type about a unit. */
  <E extends SynchronikEvent> E awaitEvent(Class<E> type, String unit) {
    return type.cast(
        events.awaitCount(1, event -> isAbout(type, unit, event), Probe.PATIENCE).get(0));
  }

  /** Waits until a run has ended and returns all that was announced about it. */
  List<SynchronikEvent> allEventsOf(RunHandle run) {
    events.awaitCount(1, event -> isEndOf(run.id(), event), Probe.PATIENCE);
    return eventsOf(run.id());
  }

  private static boolean isEndOf(RunId run, SynchronikEvent event) {
    return event.run().equals(Optional.of(run))
        && switch (event.type()) {
          case COMPLETE, ERROR, CANCEL, SKIP -> true;
          case START, MILESTONE, UPDATED, RETRY, MISFIRE, ITEM -> false;
        };
  }

  List<SynchronikEvent> eventsOf(RunId run) {
    return events.seen(event -> event.run().equals(Optional.of(run)));
  }

  static boolean isAbout(
      Class<? extends SynchronikEvent> type, String unit, SynchronikEvent event) {
    return type.isInstance(event)
        && event.origin().unit() != null
        && event.origin().unit().value().equals(unit);
  }
}
