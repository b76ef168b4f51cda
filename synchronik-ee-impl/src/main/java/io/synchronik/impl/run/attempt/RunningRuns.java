package io.synchronik.impl.run.attempt;

import io.synchronik.impl.exec.Dispatcher;
import io.synchronik.impl.exec.Execution;
import io.synchronik.impl.exec.LostClaims;
import io.synchronik.impl.journal.Milestones;
import io.synchronik.impl.lifecycle.AttemptEnd;
import io.synchronik.impl.lifecycle.RunChange;
import io.synchronik.impl.lifecycle.RunLifecycle;
import io.synchronik.impl.run.RunEnds;
import io.synchronik.impl.store.run.ControlStore;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.Core;
import io.synchronik.run.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks after the attempts that this node executes. */
public final class RunningRuns {
  /** An attempt still running so long after its interrupt is stuck. */
  private static final long STUCK_AFTER_MILLIS = 5000;

  private final Core core;
  private final Dispatcher dispatcher;
  private final RunAttempts attempts;
  private final Milestones milestones;
  private final RunEnds ends;
  private final RunStore runs = new RunStore();
  private final ControlStore store = new ControlStore();
  private final LostClaims<RunStore.Claimed> lostClaims;

  public RunningRuns(
      Core core, Dispatcher dispatcher, RunAttempts attempts, Milestones milestones, RunEnds ends) {
    this.attempts = attempts;
    this.core = core;
    this.ends = ends;
    this.dispatcher = dispatcher;
    this.lostClaims = dispatcher.lostClaims();
    this.milestones = milestones;
  }

  /** Interrupts attempts whose runs somebody wants cancelled, on whatever node that was said. */
  public void cancelAsked() {
    if (dispatcher.busy() == 0) {
      return;
    }
    core.transactions()
        .own(tx -> store.cancelsAsked(tx.session(), core.journal().incarnation()))
        .forEach((run, by) -> dispatcher.interrupt(run, new Execution.Stop.Cancelled(by)));
  }

  /** Makes runs ready again whose claims are lost. */
  public void giveBackLost() {
    String incarnation = core.journal().incarnation();
    List<RunStore.Claimed> owned =
        core.transactions().own(tx -> runs.owned(tx.session(), incarnation));
    Set<RunStore.Claimed> lost = Set.copyOf(lostClaims.among(owned, attempts::holds));
    if (!lost.isEmpty()) {
      core.transactions().briefly(tx -> giveBack(tx, incarnation, lost));
    }
  }

  private int giveBack(Tx tx, String incarnation, Set<RunStore.Claimed> claims) {
    List<RunEnds.Item> items =
        runs.lockOwnedAndFree(tx.session(), incarnation).stream()
            .filter(run -> claims.contains(new RunStore.Claimed(run.id(), run.fence())))
            .map(run -> givenBack(tx, incarnation, run))
            .toList();
    return ends.applyFree(tx, items).applied().size();
  }

  private static RunEnds.Item givenBack(Tx tx, String incarnation, RunStore.Owned run) {
    RunChange change =
        RunLifecycle.after(run.attempt(), 0, run.losses(), new AttemptEnd.Interrupted(), tx.now());
    return new RunEnds.Item(run, incarnation, change, run.losses(), null, null);
  }

  /** Writes how far the attempts have come, when they told. */
  public void writeProgress() {
    List<@Nullable Object[]> rows = new ArrayList<>();
    List<Attempt> told = new ArrayList<>();
    for (Attempt attempt : dispatcher.active(Attempt.class)) {
      Progress progress = attempt.takeProgress();
      if (progress != null) {
        told.add(attempt);
        rows.add(
            new @Nullable Object[] {attempt.owned().id(), progress.completed(), progress.total()});
      }
    }
    if (!rows.isEmpty()) {
      try {
        Set<Object> written = core.transactions().briefly(tx -> store.progress(tx.session(), rows));
        told.removeIf(attempt -> written.contains(attempt.id()));
      } finally {
        told.forEach(Attempt::keepProgress);
      }
    }
  }

  /** Reports attempts that ignore their interrupt, and those that run very long, once each. */
  public void report() {
    Duration longRunning = core.settings().work().longRunning();
    for (Attempt attempt : dispatcher.active(Attempt.class)) {
      if (isStuck(attempt)) {
        if (attempt.reportOnce("stuck")) {
          report("watcher:stuck", attempt);
        }
      } else if (attempt.millis() > longRunning.toMillis() && attempt.reportOnce("long-running")) {
        report("watcher:long-running", attempt);
      }
    }
  }

  /** Returns how many attempts ignore their interrupt. */
  public int stuck() {
    return (int) dispatcher.active(Attempt.class).stream().filter(RunningRuns::isStuck).count();
  }

  private static boolean isStuck(Attempt attempt) {
    return attempt.millisSinceStop() > STUCK_AFTER_MILLIS;
  }

  private void report(String milestone, Attempt attempt) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("attempt", attempt.owned().attempt());
    payload.put("forMs", attempt.millis());
    milestones.emitNow(milestone, payload, attempt.owned().unit(), attempt.owned().id());
  }
}
