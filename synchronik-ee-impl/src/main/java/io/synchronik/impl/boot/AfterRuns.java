package io.synchronik.impl.boot;

import io.synchronik.impl.lifecycle.RunChange;
import io.synchronik.impl.run.attempt.Attempt;
import io.synchronik.impl.run.attempt.Completions;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.unit.RegisteredWorker;
import io.synchronik.impl.unit.Registry;
import io.synchronik.run.Cause;
import io.synchronik.run.RunId;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Schedule;
import io.synchronik.unit.UnitId;

/**
 * What follows the commit that ended a run or an attempt: it is counted, those who wait are told,
 * and what it is a part of goes on.
 */
final class AfterRuns implements Completions.Followers {
  private final Parts parts;
  private final UseCases uses;
  private final RunningParts running;

  /**
   * Creates it.
   *
   * @param running used when something has ended, not before it is complete
   */
  AfterRuns(Parts parts, UseCases uses, RunningParts running) {
    this.parts = parts;
    this.uses = uses;
    this.running = running;
  }

  @Override
  public void applied(Attempt attempt, RunChange change) {
    running.attempts.settled(attempt.owned());
    if (change.state().isFinal()) {
      ended(attempt.owned(), change);
    } else if (change.state() == RunState.RUNNING) {
      running.items.enumerated();
    } else if (change.dueAt() != null) {
      running.intake.readyAt(change.dueAt());
    }
  }

  @Override
  public void rejected(Attempt attempt) {
    running.attempts.settled(attempt.owned());
    running.rejected.offer(attempt.owned());
  }

  /** A run was not admitted. */
  void skipped(RunStore.Submitted run, String reason) {
    goOn(run.origin());
    parts.telling.ended(
        new UnitId(run.unit()),
        new RunId(run.id()),
        () ->
            new RunOutcome(
                new RunId(run.id()), RunState.SKIPPED, parts.json.payload(null), null, reason));
  }

  /** A run has become final by the commit of its last attempt, or of its items. */
  void ended(RunStore.Owned run, RunChange change) {
    String unit = run.unit();
    if (change.state() == RunState.COMPLETED) {
      uses.statistics.completed();
    } else if (change.state() == RunState.FAILED) {
      uses.statistics.failed();
    }
    parts.telling.ended(
        new UnitId(unit), new RunId(run.id()), () -> Completions.outcome(run, change, parts.json));
    if (isDueAfterItsEnd(unit)) {
      running.intake.changed(unit);
    }
    running.intake.ended(unit);
    goOn(run.context().origin());
  }

  private boolean isDueAfterItsEnd(String unit) {
    Registry registry = parts.core.registry();
    RegisteredWorker worker = registry.worker(unit);
    return worker != null
        && registry.config(worker).schedule() instanceof Schedule.Every every
        && every.mode() == IntervalMode.FIXED_DELAY;
  }

  /** A process or a pool may go on. */
  private void goOn(RunStore.Origin origin) {
    RunStore.Part part = origin.part();
    if (part != null) {
      running.decisions.offer(part.run());
    } else if (origin.cause() == Cause.POOL) {
      running.pools.look();
    }
  }
}
