package io.synchronik.impl.run;

import io.synchronik.RunQuery;
import io.synchronik.RunRequest;
import io.synchronik.impl.audit.Act;
import io.synchronik.impl.audit.Action;
import io.synchronik.impl.lifecycle.UnitFacts;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.Texts;
import io.synchronik.impl.store.flow.ProcessRunStore;
import io.synchronik.impl.store.jdbc.StoreException;
import io.synchronik.impl.store.run.ControlStore;
import io.synchronik.impl.store.run.NewRuns;
import io.synchronik.impl.store.run.RunRows;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.store.unit.UnitStore;
import io.synchronik.impl.task.CurrentAttempt;
import io.synchronik.impl.tx.Json;
import io.synchronik.impl.tx.Platform;
import io.synchronik.impl.tx.Transactions;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.RegisteredUnit;
import io.synchronik.impl.unit.RegisteredWorker;
import io.synchronik.impl.unit.UnitLedger;
import io.synchronik.impl.unit.Units;
import io.synchronik.run.Cause;
import io.synchronik.run.Page;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunId;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import io.synchronik.run.RunView;
import io.synchronik.run.UnitNotRunnableException;
import io.synchronik.run.UnknownRunException;
import io.synchronik.run.WrongStateException;
import io.synchronik.schedule.Overlap;
import io.synchronik.unit.UnitId;
import jakarta.transaction.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs that are asked for, looked at and cancelled. */
public final class Runs {
  private static final int LONGEST_QUOTE = 200;

  /** How many runs are read at once with results and traces. */
  private static final int WHOLE = 100;

  /** After how many runs is asked by one statement. */
  private static final int ASKED = 500;

  private final Core core;
  private final Json json;
  private final Outcomes outcomes;
  private final Signals signals;
  private final Platform.Caller caller;
  private final WholeRuns wholes;
  private final RunRows rows;
  private final ProcessRunStore processes = new ProcessRunStore();
  private final NewRuns store = new NewRuns();
  private final ControlStore control = new ControlStore();
  private final IdleRuns idle;
  private final UnitStore units = new UnitStore();

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
    this.rows = new RunRows(json::payload);
  }

  /** Inserts a run; it is admitted after the commit. */
  public RunHandle submit(String unit, RunRequest request) {
    if (!UnitId.isValid(unit)) {
      throw Units.unknown(unit);
    }
    String payload = json.write("The payload of a run of '" + unit + "'", request.payload());
    return submit(unit, request, payload, Cause.MANUAL, RunStore.OfProcess.NOT);
  }

  /** Inserts a run that does again what did not succeed in a run of a process. */
  public RunHandle retry(String run, RunRequest request) {
    RunView before = existing(run);
    RunStore.OfProcess process =
        core.transactions()
            .joined(tx -> processes.ofProcess(tx.session(), run))
            .or(() -> hasItems(before) ? Optional.of(RunStore.OfProcess.NOT) : Optional.empty())
            .orElseThrow(() -> new WrongStateException(Message.NO_PROCESS_RUN.with(run)));
    boolean again = before.state() == RunState.COMPLETED && hasItems(before);
    if (before.state() != RunState.FAILED && before.state() != RunState.CANCELED && !again) {
      throw new WrongStateException(
          Message.NOT_RETRYABLE.with(run, before.state().name().toLowerCase(Locale.ROOT)));
    }
    String payload =
        request.payload() == null
            ? before.origin().payload().json()
            : json.write("The payload of a retry of run " + run, request.payload());
    return submit(
        before.unit().value(),
        request,
        payload,
        Cause.RETRY,
        new RunStore.OfProcess(process.definition(), run));
  }

  private boolean hasItems(RunView run) {
    RegisteredWorker worker = core.registry().worker(run.unit().value());
    return worker != null && worker.target().items() != null;
  }

  private RunHandle submit(
      String unit,
      RunRequest request,
      @Nullable String payload,
      Cause cause,
      RunStore.OfProcess process) {
    Optional<RunHandle> earlier = earlier(unit, request.key());
    if (earlier.isPresent()) {
      return earlier.get();
    }
    String by = asker(request);
    Transaction transaction = core.transactions().current();
    String run = core.journal().nextId();
    // Waits before the run exists: it may have ended when the commit returns
    EngineRunHandle handle =
        new EngineRunHandle(this, new RunId(run), new UnitId(unit), transaction);
    try {
      core.transactions()
          .joined(
              tx -> {
                tx.afterRollback(() -> signals.rolledBack(run));
                tx.mark(
                    session ->
                        store.insert(session, List.of(NewRuns.New.alone(run, unit, tx.now()))));
                refuse(tx, unit, request.force());
                NewRuns.Details details =
                    new NewRuns.Details(
                        tx.now(),
                        null,
                        new NewRuns.Request(request.force(), by, request.key()),
                        payload,
                        null);
                store.insert(
                    tx.session(),
                    List.of(
                        new NewRuns.New(
                            run,
                            unit,
                            RunState.SUBMITTED,
                            RunStore.Origin.of(cause, null),
                            process,
                            details)));
                tx.did(asked(unit, process).to(run));
                tx.afterCommit(
                    () -> {
                      outcomes.seen(run);
                      signals.submitted();
                    });
                return null;
              });
    } catch (StoreException e) {
      // Somebody else may have asked with the same key meanwhile
      if (transaction == null) {
        return earlier(unit, request.key()).orElseThrow(() -> e);
      }
      throw e;
    }
    return handle;
  }

  private static Act asked(String unit, RunStore.OfProcess process) {
    String earlier = process.retryOf();
    return earlier == null
        ? Act.daily(Action.RUN, Act.Kind.UNIT, unit)
        : Act.of(Action.RETRY, Act.Kind.RUN, earlier);
  }

  private String asker(RunRequest request) {
    String by = request.requestedBy();
    return by == null ? caller.name() : Texts.told(by, Texts.WHO);
  }

  private Optional<RunHandle> earlier(String unit, @Nullable String key) {
    return key == null
        ? Optional.empty()
        : core.transactions()
            .joined(tx -> processes.byKey(tx.session(), unit, key))
            .flatMap(this::handle);
  }

  private void refuse(Tx tx, String unit, boolean force) {
    UnitFacts facts = units.peek(tx.session(), unit);
    if (facts == null) {
      throw Units.unknown(unit);
    }
    String obstacle = facts.obstacle(tx.now());
    if (obstacle != null && (!force || facts.releasing())) {
      throw new UnitNotRunnableException(Message.NOT_RUNNABLE.with(unit, obstacle));
    }
  }

  public Optional<RunView> find(String run) {
    return core.transactions().joined(tx -> rows.find(tx.session(), run));
  }

  public Page<RunView> list(RunQuery query) {
    return core.transactions().joined(tx -> rows.list(tx.session(), query));
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
        finals(List.of(run), view -> outcomes.complete(outcome(view)));
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

  RunView existing(String run) {
    return find(run).orElseThrow(() -> unknown(run));
  }

  public static UnknownRunException unknown(String run) {
    return new UnknownRunException(Message.UNKNOWN_RUN.with(Texts.told(run, LONGEST_QUOTE)));
  }

  /** Cancels a run; false when it is final already. */
  public boolean cancel(String run, @Nullable String reason) {
    String by = Texts.told(reason == null ? "cancelled by " + caller.name() : reason, Texts.WHO);
    return core.transactions()
        .joined(
            tx -> {
              RunView found = existing(run);
              boolean canceled = cancel(tx, found, by);
              if (canceled) {
                String state = found.state().name().toLowerCase(Locale.ROOT);
                tx.did(Act.of(Action.CANCEL, Act.Kind.RUN, run).from(state));
              }
              return canceled;
            });
  }

  private boolean cancel(Tx tx, RunView run, String by) {
    String id = run.id().value();
    String unit = run.unit().value();
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
    RunOutcome outcome = new RunOutcome(run.id(), RunState.CANCELED, json.payload(null), null, by);
    tx.afterCommit(() -> signals.ended(outcome, run.unit()));
    RunId process = run.origin().parent();
    if (process != null) {
      tx.afterCommit(() -> signals.moved(process.value()));
    }
    return true;
  }

  /** Tells those of some runs that are final, in no order; few of them are in memory at once. */
  public void finals(List<String> ids, Consumer<RunView> told) {
    for (List<String> asked : bites(ids, ASKED)) {
      List<String> ended =
          ids.size() <= WHOLE
              ? asked
              : core.transactions().own(tx -> rows.ended(tx.session(), asked));
      for (List<String> some : bites(ended, WHOLE)) {
        core.transactions().own(tx -> rows.finals(tx.session(), some)).forEach(told);
      }
    }
  }

  private static List<List<String>> bites(List<String> all, int most) {
    List<List<String>> bites = new ArrayList<>();
    for (int from = 0; from < all.size(); from += most) {
      bites.add(all.subList(from, Math.min(from + most, all.size())));
    }
    return bites;
  }

  /** Returns those of some runs that do not exist. */
  public List<String> removed(List<String> ids) {
    List<String> removed = new ArrayList<>(ids);
    for (List<String> asked : bites(ids, ASKED)) {
      removed.removeAll(core.transactions().own(tx -> rows.existing(tx.session(), asked)));
    }
    return removed;
  }

  public static RunOutcome outcome(RunView run) {
    boolean failed = run.state() == RunState.FAILED;
    return new RunOutcome(
        run.id(),
        run.state(),
        run.execution().result(),
        failed ? run.execution().failure() : null,
        run.execution().reason());
  }

  Outcomes outcomes() {
    return outcomes;
  }

  Transactions transactions() {
    return core.transactions();
  }
}
