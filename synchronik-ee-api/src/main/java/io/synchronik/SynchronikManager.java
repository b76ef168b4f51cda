package io.synchronik;

import io.synchronik.bulk.BulkActions;
import io.synchronik.item.WorkItems;
import io.synchronik.monitor.Monitoring;
import io.synchronik.node.Nodes;
import io.synchronik.pool.WorkerPools;
import io.synchronik.process.ProcessConfigBuilder;
import io.synchronik.process.ProcessRunView;
import io.synchronik.run.Page;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunView;
import io.synchronik.unit.ConfigPreview;
import io.synchronik.unit.UnitDefinition;
import io.synchronik.unit.UnitStatus;
import io.synchronik.worker.WorkerConfigBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The way in: register, run, control and observe units. Inject it wherever CDI injects; it is safe
 * for use by several threads.
 *
 * <p>Calls that change something take part in the caller's JTA transaction when there is one: the
 * change exists only if that commits, and is announced then. Without one each call is a transaction
 * of its own, committed when it returns. Calls about units throw {@link
 * io.synchronik.run.UnknownUnitException} for an id that no unit has. Before the engine has started
 * only subscriptions are possible; other calls throw {@link
 * io.synchronik.run.EngineStoppedException}. After {@link #stop} the engine neither fires nor
 * claims on this node, and all these calls still work.
 */
public interface SynchronikManager extends EventFeed, WorkerPools {

  // Units

  /**
   * Registers a unit, or the same unit again after a restart. Its state in the database is kept.
   *
   * @param definition what to register
   * @throws io.synchronik.run.InvalidDefinitionException if it is wrong, or another unit has the id
   */
  void registerUnit(UnitDefinition definition);

  /**
   * Removes a unit and its history. A run in progress is waited for: the unit is disabled at once
   * and removed when that ends. Runs that were asked for and have not begun never do: they end as
   * skipped, or are removed at once; who waits for one that is gone is told so by {@link
   * io.synchronik.run.UnknownRunException}.
   *
   * @param id the unit
   */
  default void releaseUnit(String id) {
    releaseUnit(id, false);
  }

  /**
   * Removes a unit and its history.
   *
   * @param id the unit
   * @param force true cancels the unit's runs instead of waiting for their end
   */
  void releaseUnit(String id, boolean force);

  /** Returns a unit as the database has it, empty when no unit has the id. */
  Optional<UnitView> getUnitById(String id);

  /** Returns all units, ordered by id. */
  List<UnitView> listUnits();

  /**
   * Lists units that match, in an order: where there are many, only what is on the page is read as
   * a whole.
   */
  UnitPage findUnits(UnitQuery query);

  /** Returns a process, empty when no process has the id or this node does not know its code. */
  Optional<ProcessView> getProcessById(String id);

  /** Returns all processes that this node knows, ordered by id. */
  List<ProcessView> listProcesses();

  /** Returns all units and where they were read. */
  RegistrySnapshot getRegistrySnapshot();

  // Runs

  /**
   * Asks for a run of a unit: {@code runUnitById(id, RunRequest.PLAIN)}.
   *
   * @param id the unit
   * @return the run
   */
  default RunHandle runUnitById(String id) {
    return runUnitById(id, RunRequest.PLAIN);
  }

  /**
   * Asks for a run of a unit. It starts on any node after the commit, at once when a thread is
   * free. The overlap policy is applied then; a run that it does not let start ends as skipped.
   *
   * @param id the unit
   * @param request how
   * @return the run
   * @throws io.synchronik.run.UnitNotRunnableException if the unit is disabled or paused and the
   *     request does not force it
   * @throws io.synchronik.run.InvalidPayloadException if the payload is too large or cannot be
   *     written
   */
  RunHandle runUnitById(String id, RunRequest request);

  /** The same as {@link #runUnitById(String)} for a worker. */
  default RunHandle runWorkerById(String id) {
    return runUnitById(id, RunRequest.PLAIN);
  }

  /**
   * Asks for a run of a worker with a payload.
   *
   * @param id the worker
   * @param payload anything that JSON-B can write, may be null
   * @return the run
   */
  default RunHandle runWorkerById(String id, @Nullable Object payload) {
    return runUnitById(id, RunRequest.PLAIN.withPayload(payload));
  }

  /**
   * The same as {@link #runUnitById(String)} for a process.
   *
   * @param id the process
   * @return the run; its result names the verdict of each worker
   */
  default RunHandle runProcessById(String id) {
    return runUnitById(id, RunRequest.PLAIN);
  }

  /**
   * The same as {@link #runUnitById(String, RunRequest)} for a process. Each of its workers is
   * given the payload.
   *
   * @param id the process
   * @param request how
   * @return the run
   */
  default RunHandle runProcessById(String id, RunRequest request) {
    return runUnitById(id, request);
  }

  /**
   * Runs again what did not succeed in a run of a process: a new run of the same definition takes
   * over the workers that completed, with their results, and runs the others by the rules of the
   * process. The process must still be registered. A run of a worker with items is run again with
   * the items that failed or were withdrawn, and no enumeration.
   *
   * @param runId a run of a process that failed or was cancelled, or a final run of items
   * @param request how; without a payload the new run is given that of the earlier one
   * @return the new run
   * @throws io.synchronik.run.UnknownRunException if there is no such run
   * @throws io.synchronik.run.WrongStateException if it is neither of a process nor of items, or
   *     neither failed nor was cancelled
   */
  RunHandle retryRun(String runId, RunRequest request);

  /** Returns a run of a process with all its workers; empty when no run of a process has the id. */
  Optional<ProcessRunView> getProcessRun(String runId);

  /** Returns a handle of a run, empty when there is no such run. */
  Optional<RunHandle> findRun(String runId);

  /** Returns a run as the database has it, empty when there is no such run. */
  Optional<RunView> getRunById(String runId);

  /**
   * Lists runs, newest first. A page leaves out what may be long, so that it stays small however
   * much runs return: payload and result have no value, and a failure has the first 500 characters
   * of its message and an empty stack trace. {@link #getRunById} returns all of one run.
   *
   * @param query which
   * @return a page of them
   */
  Page<RunView> findRuns(RunQuery query);

  /**
   * Cancels all runs of a worker that are not final; its schedule goes on.
   *
   * @param id the worker
   * @return how many were cancelled
   * @throws io.synchronik.run.SynchronikException SYNC-0136 if others hold some of the runs; all
   *     others are cancelled then, unless the caller has a transaction
   */
  int stopWorkerById(String id);

  /** Returns what is to be known and done about work items. */
  WorkItems items();

  /** Returns what is to be seen of the application as a whole. */
  Monitoring monitoring();

  /** Returns the nodes of the application. */
  Nodes nodes();

  /** Returns what is done to many runs, items or units by the server. */
  BulkActions bulk();

  // Control

  /** Pauses a unit until somebody resumes it. Runs in progress go on. */
  default void pause(String id) {
    pause(id, null);
  }

  /**
   * Pauses a unit. Due times in a pause are passed over and recorded as skipped.
   *
   * <p>Inside a transaction of the caller the unit goes on until that commits, whoever else works
   * with it, and nothing of it begins after the commit; the caller sees it paused at once. The same
   * holds for {@link #resume}, {@link #enable} and {@link #disable}.
   *
   * @param id the unit
   * @param until when the pause ends by itself, in the years 1 to 9999; null for never
   * @throws io.synchronik.run.InvalidConfigurationException if that is another year
   */
  void pause(String id, @Nullable Instant until);

  /** Ends a pause. Without effect when the unit is not paused. */
  void resume(String id);

  /** Lets schedules run the unit again. */
  void enable(String id);

  /** Keeps schedules from running the unit. */
  void disable(String id);

  /**
   * Sets a unit's status by hand, such as from error back to idle. {@code PAUSED} pauses it; any
   * other status ends a pause.
   *
   * @param id the unit
   * @param status the new status
   * @throws io.synchronik.run.WrongStateException for {@code RUNNING}, or while a run is in
   *     progress
   */
  void updateStatus(String id, UnitStatus status);

  /**
   * Changes the configuration of a worker; the change survives restarts. A run in progress takes it
   * up with its next attempt.
   *
   * @param id the worker
   * @param change what to change, from the configuration in force; called on this thread, before
   *     anything is locked, and again when somebody else has changed the unit meanwhile
   * @throws io.synchronik.run.InvalidConfigurationException if a value is wrong; nothing is changed
   * @throws io.synchronik.run.WrongStateException if the unit is no worker, or this node does not
   *     know it
   */
  void updateUnitConfig(String id, UnaryOperator<WorkerConfigBuilder> change);

  /**
   * Changes the configuration of a unit by texts, as {@link io.synchronik.worker.Worker} and {@link
   * io.synchronik.process.WorkerProcess} take them.
   *
   * @param id the unit
   * @param settings element names of the annotation ({@code every}, {@code maxRetries} …) with
   *     their new values; a null value takes back what was changed at runtime. Expressions are not
   *     expanded
   * @throws io.synchronik.run.InvalidConfigurationException if a name or value is wrong; nothing is
   *     changed
   */
  void updateUnitConfig(String id, Map<String, @Nullable String> settings);

  /**
   * Tells what a change of a unit's configuration by texts would come to. Nothing is changed, and
   * nothing locked.
   *
   * @param id the unit
   * @param settings as {@link #updateUnitConfig(String, Map)} takes them; none of them to read the
   *     configuration that is in force
   * @return what it would be, all that is wrong with it, and when the unit would be due
   * @throws io.synchronik.run.UnknownUnitException if there is no such unit
   * @throws io.synchronik.run.WrongStateException if this node does not know it
   */
  ConfigPreview previewUnitConfig(String id, Map<String, @Nullable String> settings);

  /**
   * Changes the configuration of a process; the change survives restarts and counts for runs that
   * start after it.
   *
   * @param id the process
   * @param change what to change, from the configuration in force; called as for a worker
   * @throws io.synchronik.run.InvalidConfigurationException if a value is wrong, or a run mode does
   *     not fit the dependencies; nothing is changed
   * @throws io.synchronik.run.WrongStateException if the unit is no process, or this node does not
   *     know it
   */
  void updateProcessConfig(String id, UnaryOperator<ProcessConfigBuilder> change);

  /** The same as {@link #updateUnitConfig(String, UnaryOperator)}. */
  default void updateWorkerConfig(String id, UnaryOperator<WorkerConfigBuilder> change) {
    updateUnitConfig(id, change);
  }

  // Engine

  /**
   * Starts the engine on this node, which a deployment does by itself. A second start does nothing.
   * Nothing is fired, run, announced or taken over before the application has started; what is
   * asked for before that is taken up then.
   */
  void start();

  /**
   * Stops firing and claiming on this node, waits for running work up to {@code
   * synchronik.stop-grace}, then interrupts it; interrupted work continues elsewhere, or here at
   * the next start, without an attempt being counted.
   */
  void stop();

  /** Resumes every unit of the application, in the way of {@link #stopAll}. */
  void startAll();

  /**
   * Pauses every unit of the application, each in a transaction of its own. Inside a transaction of
   * the caller all of them are paused with its commit, and go on until then. Nobody who holds units
   * is waited for: they too are paused when this returns, and that is announced as soon as they are
   * free.
   */
  void stopAll();

  /**
   * Does at once what the loop does each second, and returns when it is done; nothing before the
   * application has started.
   */
  void runLoopOnce();

  /** Does at once what the watcher does each minute. */
  WatcherReport runWatcherScan();

  /** Returns numbers about the engine on this node. */
  EngineStats getEngineStats();
}
