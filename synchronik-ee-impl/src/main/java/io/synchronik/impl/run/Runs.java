package io.synchronik.impl.run;

import io.synchronik.RunQuery;
import io.synchronik.RunRequest;
import io.synchronik.impl.audit.Act;
import io.synchronik.impl.audit.Action;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.Texts;
import io.synchronik.impl.store.run.ControlStore;
import io.synchronik.impl.task.CurrentAttempt;
import io.synchronik.impl.tx.Json;
import io.synchronik.impl.tx.Platform;
import io.synchronik.impl.tx.Transactions;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.RegisteredUnit;
import io.synchronik.impl.unit.UnitLedger;
import io.synchronik.run.Page;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunId;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import io.synchronik.run.RunView;
import io.synchronik.schedule.Overlap;
import io.synchronik.unit.UnitId;
import jakarta.transaction.Transaction;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs that are asked for, looked at and cancelled. */
public final class Runs {
  private final Core core;
  private final Json json;
  private final Outcomes outcomes;
  private final Signals signals;
  private final Platform.Caller caller;
  private final WholeRuns wholes;
  private final RunRequests requests;
  private final RunViews views;
  private final ControlStore control = new ControlStore();
  private final IdleRuns idle;

  /** What a change of runs tells the rest of the engine; only signals. */
  public interface Signals {
    /** Runs were asked for. */
    void submitted();

    /** A running run of this application is to be cancelled, on whatever node. */
    void cancelAsked(String run, String by);

    /** A run has become final without ending an attempt. */
    void ended(RunOutcome outcome, UnitId unit);

    /** Something has happened to a run of a process. */
    void moved(String processRun);

    /** The schedule of a unit was set anew. */
    void rearmed(String unit);

    /** The transaction that asked for a run was rolled back. */
    void rolledBack(String run);
  }

  /** Runs that consist of other runs. */
  public interface WholeRuns {
    /** Returns what counts the runs of units. */
    UnitLedger ledger();

    /** Cancels such a run with what it consists of; false when the run is none. */
    boolean cancel(Tx tx, String id, String by);
  }

  public Runs(
      Core core,
      Json json,
      Outcomes outcomes,
      Signals signals,
      Platform.Caller caller,
      WholeRuns wholes) {
    this.core = core;
    this.wholes = wholes;
    this.idle = new IdleRuns(core, wholes.ledger());
    this.json = json;
    this.outcomes = outcomes;
    this.signals = signals;
    this.caller = caller;
    this.requests = new RunRequests(core, json, this, signals, caller);
    this.views = new RunViews(core.transactions(), json);
  }

  /** Inserts a run; it is admitted after the commit. */
  public RunHandle submit(String unit, RunRequest request) {
    return requests.submit(unit, request);
  }

  /** Inserts a run that does again what did not succeed in a run of a process. */
  public RunHandle retry(String run, RunRequest request) {
    return requests.retry(run, request);
  }

  public Optional<RunView> find(String run) {
    return views.find(run);
  }

  public Page<RunView> list(RunQuery query) {
    return views.list(query);
  }

  /** Returns a run that a transaction asks for, null for one of its own. */
  RunHandle asked(String run, String unit, @Nullable Transaction submitting) {
    return new EngineRunHandle(this, new RunId(run), new UnitId(unit), submitting);
  }

  /** Returns a run for somebody who may wait for it. */
  public Optional<RunHandle> handle(String run) {
    Optional<RunHandle> handle =
        find(run).map(view -> new EngineRunHandle(this, view.id(), view.unit(), null));
    if (handle.isPresent()) {
      outcomes.seen(run);
      // It may have ended before anybody waited. Inside a transaction, which has a connection and
      // sees what has not come true, it is left to the loop
      if (core.transactions().current() == null) {
        views.finals(List.of(run), view -> outcomes.complete(RunViews.outcome(view)));
      }
    }
    return handle;
  }

  /** Refuses to let work wait for what can end, or begin, only after that work. */
  void refuseVainWait(RunId run, UnitId unit) {
    RunView waiting = CurrentAttempt.run().flatMap(own -> find(own.value())).orElse(null);
    if (waiting == null) {
      return;
    }
    RunId whole = waiting.origin().parent();
    if (run.equals(waiting.id()) || run.equals(whole)) {
      throw new IllegalStateException(Message.JOIN_OF_ITSELF.with(run));
    }
    boolean behind =
        unit.equals(waiting.unit())
            || (whole != null
                && find(whole.value()).filter(of -> unit.equals(of.unit())).isPresent());
    RegisteredUnit known = behind ? core.registry().find(unit.value()) : null;
    if (known != null
        && core.registry().config(known).overlap() == Overlap.QUEUE
        && find(run.value()).filter(view -> view.state() == RunState.SUBMITTED).isPresent()) {
      throw new IllegalStateException(Message.JOIN_BEHIND_ITSELF.with(run, unit));
    }
  }

  /** Cancels a run; false when it is final already. */
  public boolean cancel(String run, @Nullable String reason) {
    String by = Texts.told(reason == null ? "cancelled by " + caller.name() : reason, Texts.WHO);
    return core.transactions()
        .joined(
            tx -> {
              RunView found = views.existing(run);
              boolean canceled = cancel(tx, Known.of(found), by);
              if (canceled) {
                String state = found.state().name().toLowerCase(Locale.ROOT);
                tx.did(Act.of(Action.CANCEL, Act.Kind.RUN, run).from(state));
              }
              return canceled;
            });
  }

  /** A run that is to be cancelled, with the run that it is part of, null for none. */
  record Known(String id, String unit, @Nullable String parent) {
    private static Known of(RunView run) {
      RunId parent = run.origin().parent();
      return new Known(
          run.id().value(), run.unit().value(), parent == null ? null : parent.value());
    }
  }

  boolean cancel(Tx tx, Known run, String by) {
    String id = run.id;
    String unit = run.unit;
    Optional<IdleRuns.Canceled> canceled = idle.cancel(tx, id, by);
    if (canceled.isEmpty()) {
      if (wholes.cancel(tx, id, by)) {
        return true;
      }
      boolean asked = control.askToCancelIfRunning(tx.session(), id, by);
      if (asked) {
        tx.afterCommit(() -> signals.cancelAsked(id, by));
      }
      return asked;
    }
    if (canceled.get().later()) {
      tx.afterCommit(() -> signals.cancelAsked(id, by));
      return true;
    }
    idle.canceled(tx, unit, id, canceled.get().before(), by);
    RunOutcome outcome =
        new RunOutcome(new RunId(id), RunState.CANCELED, json.payload(null), null, by);
    tx.afterCommit(() -> signals.ended(outcome, new UnitId(unit)));
    String process = run.parent;
    if (process != null) {
      tx.afterCommit(() -> signals.moved(process));
    }
    return true;
  }

  Signals signals() {
    return signals;
  }

  /** Returns what looks at them. */
  public RunViews views() {
    return views;
  }

  Outcomes outcomes() {
    return outcomes;
  }

  Transactions transactions() {
    return core.transactions();
  }
}
