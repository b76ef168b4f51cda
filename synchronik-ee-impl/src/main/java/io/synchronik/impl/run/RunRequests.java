package io.synchronik.impl.run;

import io.synchronik.RunRequest;
import io.synchronik.impl.audit.Act;
import io.synchronik.impl.audit.Action;
import io.synchronik.impl.lifecycle.UnitFacts;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.Texts;
import io.synchronik.impl.store.flow.ProcessRunStore;
import io.synchronik.impl.store.jdbc.StoreException;
import io.synchronik.impl.store.run.NewRuns;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.store.unit.UnitStore;
import io.synchronik.impl.tx.Json;
import io.synchronik.impl.tx.Platform;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.RegisteredWorker;
import io.synchronik.impl.unit.Units;
import io.synchronik.run.Cause;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.run.RunView;
import io.synchronik.run.UnitNotRunnableException;
import io.synchronik.run.WrongStateException;
import io.synchronik.unit.UnitId;
import jakarta.transaction.Transaction;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs as they are asked for. */
final class RunRequests {
  private final Core core;
  private final Json json;
  private final Runs runs;
  private final Runs.Signals signals;
  private final Platform.Caller caller;
  private final ProcessRunStore processes = new ProcessRunStore();
  private final NewRuns store = new NewRuns();
  private final UnitStore units = new UnitStore();

  RunRequests(Core core, Json json, Runs runs, Runs.Signals signals, Platform.Caller caller) {
    this.core = core;
    this.json = json;
    this.runs = runs;
    this.signals = signals;
    this.caller = caller;
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
    RunView before = runs.views().existing(run);
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
    RunHandle handle = runs.asked(run, unit, transaction);
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
                tx.did(act(unit, process).to(run));
                tx.afterCommit(
                    () -> {
                      runs.outcomes().seen(run);
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

  private static Act act(String unit, RunStore.OfProcess process) {
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
            .flatMap(runs::handle);
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
}
