package io.synchronik.it.scenarios;

import io.synchronik.SynchronikManager;
import io.synchronik.UnitView;
import io.synchronik.event.Subscription;
import io.synchronik.event.SynchronikEvent;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemRunView;
import io.synchronik.item.ItemStatistics;
import io.synchronik.process.Process;
import io.synchronik.process.ProcessDesign;
import io.synchronik.process.ProcessRunView;
import io.synchronik.process.Verdict;
import io.synchronik.process.WorkerVerdict;
import io.synchronik.run.Failure;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunId;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunView;
import io.synchronik.worker.Work;
import io.synchronik.worker.WorkerConfigBuilder;
import io.synchronik.worker.WorkerDefinition;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What scenarios share. A subclass is made anew for each; its public methods are scenarios. */
public abstract class Scenario implements AutoCloseable {
  final SynchronikManager manager;
  final Probe<SynchronikEvent> events = new Probe<>();
  final Steps steps = new Steps();
  private final Subscription subscription;

  Scenario(SynchronikManager manager) {
    this.manager = manager;
    this.subscription = manager.subscribeToEvents(events);
  }

  final void register(String id, Work<?> work, UnaryOperator<WorkerConfigBuilder> config) {
    manager.registerUnit(WorkerDefinition.of(id, work).with(config));
  }

  final void register(String id, Work<?> work) {
    register(id, work, UnaryOperator.identity());
  }

  final void define(ItemsOf<?> items) {
    manager.registerUnit(items.definition());
  }

  final void define(ItemsOf<?> items, UnaryOperator<WorkerConfigBuilder> config) {
    manager.registerUnit(items.definition().with(config));
  }

  final ItemStatistics statistics(RunHandle run) {
    return manager
        .items()
        .findRun(run.id().value())
        .map(ItemRunView::statistics)
        .orElse(ItemStatistics.NONE);
  }

  final void awaitStatistics(RunHandle run, ItemStatistics wanted) {
    Await.until(Probe.PATIENCE, () -> statistics(run).equals(wanted));
  }

  final void define(ProcessDesign design) {
    manager.registerUnit(design.build());
  }

  /** Registers a process, runs it and waits for its end. */
  final RunOutcome run(ProcessDesign design) {
    Process process = design.build();
    manager.registerUnit(process);
    return manager.runProcessById(process.id().value()).join(Probe.PATIENCE);
  }

  final UnitView unit(String id) {
    return manager.getUnitById(id).orElseThrow();
  }

  final RunView runOf(ProcessRunView process, int worker) {
    RunId run = Optional.ofNullable(process.workers().get(worker).run()).orElseThrow();
    return manager.getRunById(run.value()).orElseThrow();
  }

  static String message(@Nullable Failure failure) {
    return Optional.ofNullable(failure).orElseThrow().message();
  }

  final ProcessRunView view(RunId run) {
    return manager.getProcessRun(run.value()).orElseThrow();
  }

  final List<Verdict> verdicts(RunId run) {
    return view(run).result().verdicts().stream().map(WorkerVerdict::verdict).toList();
  }

  /** Waits until a run has ended and returns all that was announced about it. */
  final List<SynchronikEvent> allEventsOf(RunHandle run) {
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

  final List<SynchronikEvent> eventsOf(RunId run) {
    return events.seen(event -> event.run().equals(Optional.of(run)));
  }

  @Override
  public final void close() {
    subscription.unsubscribe();
  }
}
