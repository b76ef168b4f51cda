package io.synchronik.impl.boot;

import io.synchronik.EngineStats;
import io.synchronik.JournalQuery;
import io.synchronik.ProcessView;
import io.synchronik.RegistrySnapshot;
import io.synchronik.RunQuery;
import io.synchronik.RunRequest;
import io.synchronik.SynchronikManager;
import io.synchronik.UnitPage;
import io.synchronik.UnitQuery;
import io.synchronik.UnitView;
import io.synchronik.WatcherReport;
import io.synchronik.bulk.BulkActions;
import io.synchronik.event.JournalEntry;
import io.synchronik.event.Subscription;
import io.synchronik.event.SynchronikEvent;
import io.synchronik.impl.audit.Act;
import io.synchronik.impl.audit.Action;
import io.synchronik.impl.node.Statistics;
import io.synchronik.impl.node.Watcher;
import io.synchronik.impl.pool.EnginePools;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.tx.Failures;
import io.synchronik.impl.unit.RegisteredUnit;
import io.synchronik.item.WorkItems;
import io.synchronik.monitor.Monitoring;
import io.synchronik.node.Nodes;
import io.synchronik.pool.PoolView;
import io.synchronik.pool.WorkerPool;
import io.synchronik.process.ProcessConfig;
import io.synchronik.process.ProcessConfigBuilder;
import io.synchronik.process.ProcessRunView;
import io.synchronik.run.InvalidConfigurationException;
import io.synchronik.run.Page;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunView;
import io.synchronik.run.UnknownRunException;
import io.synchronik.run.UnknownUnitException;
import io.synchronik.run.WrongStateException;
import io.synchronik.unit.ConfigPreview;
import io.synchronik.unit.UnitConfig;
import io.synchronik.unit.UnitDefinition;
import io.synchronik.unit.UnitStatus;
import io.synchronik.worker.WorkerConfig;
import io.synchronik.worker.WorkerConfigBuilder;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The public manager on an engine. */
public final class EngineManager implements SynchronikManager {
  private final Engine engine;
  private final Parts parts;
  private final UseCases uses;
  private final Function<UnitDefinition, RegisteredUnit> resolver;
  private final EnginePools pools;
  private final WholeCommands commands;

  /**
   * Creates the manager.
   *
   * @param engine the engine
   * @param resolver checks a definition and finds its work
   * @param workers returns the ids of the workers that a bean class declares
   */
  public EngineManager(
      Engine engine,
      Function<UnitDefinition, RegisteredUnit> resolver,
      Function<Class<?>, ? extends Collection<String>> workers) {
    this.engine = engine;
    this.parts = engine.parts();
    this.uses = engine.uses();
    this.resolver = resolver;
    this.commands = new WholeCommands(parts.core);
    this.pools =
        new EnginePools(
            new EnginePools.Uses(parts.core, uses.apart, uses.definitions),
            uses.pools,
            resolver,
            workers);
  }

  @Override
  public WorkItems items() {
    return uses.items;
  }

  @Override
  public Nodes nodes() {
    return uses.nodes;
  }

  @Override
  public BulkActions bulk() {
    return uses.bulk;
  }

  @Override
  public Monitoring monitoring() {
    return uses.monitoring;
  }

  @Override
  public void registerUnit(UnitDefinition definition) {
    uses.definitions.register(resolver.apply(definition));
  }

  @Override
  public void releaseUnit(String id, boolean force) {
    boolean waits = uses.definitions.release(id);
    if (waits && force) {
      try {
        stopWorkerById(id);
      } catch (UnknownUnitException | UnknownRunException e) {
        // Its last run has just ended.
      }
    }
  }

  @Override
  public Optional<UnitView> getUnitById(String id) {
    return uses.views.find(id);
  }

  @Override
  public List<UnitView> listUnits() {
    return uses.views.all();
  }

  @Override
  public UnitPage findUnits(UnitQuery query) {
    return uses.views.page(query);
  }

  @Override
  public RegistrySnapshot getRegistrySnapshot() {
    return uses.views.snapshot();
  }

  @Override
  public RunHandle runUnitById(String id, RunRequest request) {
    return uses.runs.submit(id, request);
  }

  @Override
  public Optional<RunHandle> findRun(String runId) {
    return uses.runs.handle(runId);
  }

  @Override
  public Optional<RunView> getRunById(String runId) {
    return uses.runs.find(runId);
  }

  @Override
  public Page<RunView> findRuns(RunQuery query) {
    return uses.runs.list(query);
  }

  @Override
  public int stopWorkerById(String id) {
    AtomicInteger cancelled = new AtomicInteger();
    commands.each(
        Act.of(Action.STOP, Act.Kind.UNIT, id),
        uses.definitions.openRuns(id),
        run -> {
          if (isCancelled(run)) {
            cancelled.incrementAndGet();
          }
        });
    return cancelled.get();
  }

  /** One that is gone has ended before. */
  private boolean isCancelled(String run) {
    try {
      return uses.runs.cancel(run, null);
    } catch (UnknownRunException e) {
      return false;
    }
  }

  @Override
  public void pause(String id, @Nullable Instant until) {
    uses.units.pause(id, parts.platform.caller().name(), until);
  }

  @Override
  public void resume(String id) {
    uses.units.resume(id);
  }

  @Override
  public void enable(String id) {
    uses.units.enable(id, true);
  }

  @Override
  public void disable(String id) {
    uses.units.enable(id, false);
  }

  @Override
  public void updateStatus(String id, UnitStatus status) {
    if (status == UnitStatus.PAUSED) {
      pause(id);
    } else {
      uses.units.status(id, status);
    }
  }

  @Override
  public void updateUnitConfig(String id, UnaryOperator<WorkerConfigBuilder> change) {
    uses.units.configure(
        id,
        before -> {
          if (before instanceof WorkerConfig worker) {
            return changed(() -> change.apply(worker.toBuilder()).build());
          }
          throw new WrongStateException(Message.WRONG_KIND.with(id, "process", "worker"));
        });
  }

  @Override
  public void updateProcessConfig(String id, UnaryOperator<ProcessConfigBuilder> change) {
    uses.units.configure(
        id,
        before -> {
          if (before instanceof ProcessConfig process) {
            return changed(() -> change.apply(process.toBuilder()).build());
          }
          throw new WrongStateException(Message.WRONG_KIND.with(id, "worker", "process"));
        });
  }

  private static UnitConfig changed(Supplier<UnitConfig> change) {
    try {
      return change.get();
    } catch (IllegalArgumentException e) {
      String text = Failures.messageOf(e);
      String field = text.substring(0, Math.max(0, text.indexOf(' ')));
      throw new InvalidConfigurationException(field, Message.BAD_FIELD.with(text));
    }
  }

  @Override
  public void updateUnitConfig(String id, Map<String, @Nullable String> settings) {
    uses.units.configure(id, before -> uses.units.applied(id, before, settings));
  }

  @Override
  public ConfigPreview previewUnitConfig(String id, Map<String, @Nullable String> settings) {
    return uses.previews.preview(id, settings);
  }

  @Override
  public RunHandle retryRun(String runId, RunRequest request) {
    return uses.runs.retry(runId, request);
  }

  @Override
  public Optional<ProcessRunView> getProcessRun(String runId) {
    return uses.processViews.run(runId);
  }

  @Override
  public Optional<ProcessView> getProcessById(String id) {
    return uses.processViews.find(id);
  }

  @Override
  public List<ProcessView> listProcesses() {
    return uses.processViews.all();
  }

  @Override
  public WorkerPool useWorkerPool(String name, int size) {
    return pools.useWorkerPool(name, size);
  }

  @Override
  public Optional<WorkerPool> findWorkerPool(String name) {
    return pools.findWorkerPool(name);
  }

  @Override
  public List<PoolView> listWorkerPools() {
    return pools.listWorkerPools();
  }

  @Override
  public void start() {
    engine.start();
    commands.node(Action.START);
  }

  @Override
  public void stop() {
    commands.node(Action.STOP);
    engine.stop();
  }

  @Override
  public void startAll() {
    commands.each(commands.all(Action.START_ALL), unitIds(), uses.units::resumeOneOfAll);
  }

  @Override
  public void stopAll() {
    String by = parts.platform.caller().name();
    commands.each(commands.all(Action.STOP_ALL), unitIds(), id -> uses.units.pauseOneOfAll(id, by));
  }

  private List<String> unitIds() {
    return listUnits().stream().map(unit -> unit.id().value()).toList();
  }

  @Override
  public void runLoopOnce() {
    RunningEngine running = engine.running();
    if (running.hasBegun()) {
      running.tick();
    }
  }

  @Override
  public WatcherReport runWatcherScan() {
    RunningEngine running = engine.running();
    return running.hasBegun() ? running.parts().watcher.scan(true) : Watcher.NOTHING;
  }

  @Override
  public EngineStats getEngineStats() {
    RunningEngine running = engine.runningOrNull();
    Statistics.Present present =
        running == null
            ? new Statistics.Present(false, parts.core.clock().instant(), 0, 0, List.of())
            : running.present();
    return uses.statistics.read(present);
  }

  @Override
  public void emitMilestone(String id, @Nullable Object payload) {
    uses.milestones.emit(id, payload, null, null);
  }

  @Override
  public void emitMilestoneNow(String id, @Nullable Object payload) {
    uses.milestones.emitNow(id, payload);
  }

  @Override
  public Subscription subscribeToEvents(Consumer<SynchronikEvent> listener) {
    return parts.subscribers.add(listener);
  }

  @Override
  public List<JournalEntry> readJournal(JournalQuery query) {
    return uses.feed.read(query);
  }

  @Override
  public long journalPosition() {
    return uses.feed.position();
  }

  @Override
  public Subscription followJournal(long after, Consumer<JournalEntry> listener) {
    return uses.feed.follow(after, listener);
  }
}
