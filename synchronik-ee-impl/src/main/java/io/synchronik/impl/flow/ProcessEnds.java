package io.synchronik.impl.flow;

import io.synchronik.event.UnitCancelled;
import io.synchronik.event.UnitCompleted;
import io.synchronik.event.UnitFailed;
import io.synchronik.impl.journal.Milestones;
import io.synchronik.impl.net.Effect;
import io.synchronik.impl.net.plan.Net;
import io.synchronik.impl.run.Runs;
import io.synchronik.impl.settings.Texts;
import io.synchronik.impl.store.flow.PartStore;
import io.synchronik.impl.store.flow.ProcessRunStore;
import io.synchronik.impl.tx.Json;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.ProcessModels;
import io.synchronik.impl.unit.RegisteredProcess;
import io.synchronik.impl.unit.UnitCounts;
import io.synchronik.impl.unit.UnitLedger;
import io.synchronik.process.ProcessResult;
import io.synchronik.process.ProcessRunView;
import io.synchronik.process.Verdict;
import io.synchronik.process.WorkerVerdict;
import io.synchronik.run.Cause;
import io.synchronik.run.Failure;
import io.synchronik.run.RunId;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Schedule;
import io.synchronik.unit.UnitId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes how runs of processes ended, and what follows for the processes. */
public final class ProcessEnds {
  private static final int LONGEST = 2000;

  private final Core core;
  private final ProcessModels models;
  private final Milestones milestones;
  private final Json json;
  private final Runs.Signals signals;
  private final ProcessRunStore store = new ProcessRunStore();
  private final PartStore partStore = new PartStore();

  public ProcessEnds(
      Core core, ProcessModels models, Milestones milestones, Json json, Runs.Signals signals) {
    this.core = core;
    this.models = models;
    this.milestones = milestones;
    this.json = json;
    this.signals = signals;
  }

  /** Arms schedules that count from the end of a run. */
  void rearm(Tx tx, UnitLedger ledger, List<NetRun> ended) {
    Map<String, String> processes = new TreeMap<>();
    ended.stream()
        .map(NetRun::root)
        .filter(root -> root.cause() == Cause.SCHEDULE)
        .forEach(root -> processes.put(root.unit(), root.id()));
    for (String process : processes.keySet()) {
      RegisteredProcess known = core.registry().process(process);
      if (known != null
          && core.registry().config(known).schedule() instanceof Schedule.Every every
          && every.mode() == IntervalMode.FIXED_DELAY) {
        ledger.arm(tx, process, String.valueOf(processes.get(process)), every);
        tx.afterCommit(() -> signals.rearmed(process));
      }
    }
  }

  /** Ends runs whose nets are final; their units are locked. */
  void end(Tx tx, UnitCounts counts, List<NetRun> ended) {
    if (ended.isEmpty()) {
      return;
    }
    Map<String, List<PartStore.Came>> parts =
        partStore.cameTo(tx.session(), ended.stream().map(run -> run.root().id()).toList()).stream()
            .collect(Collectors.groupingBy(came -> came.part().run()));
    List<ProcessRunStore.End> ends = new ArrayList<>();
    for (NetRun run : ended) {
      List<PartStore.Came> own = parts.getOrDefault(run.root().id(), List.of());
      ProcessRunStore.End end = end(tx, run, own);
      ends.add(end);
      follow(tx, counts, run.root(), end);
    }
    store.endIfRunning(tx.session(), ends, tx.now());
  }

  private ProcessRunStore.End end(Tx tx, NetRun run, List<PartStore.Came> parts) {
    Net net = run.net();
    List<String> workers = models.plan(tx, run.root().unit(), run.root().definition()).workers();
    ProcessResult result =
        new ProcessResult(
            WorkerRuns.of(workers, worker -> run.state().taskRow(net, net.task(worker)), parts)
                .stream()
                .map(ProcessRunView.WorkerRun::verdict)
                .flatMap(Optional::stream)
                .toList());
    Effect.RunEnded ended = run.end().orElseThrow();
    RunState state =
        switch (ended.phase()) {
          case COMPLETED -> RunState.COMPLETED;
          case CANCELED -> RunState.CANCELED;
          case INITIALIZED, STARTED, FAILED -> RunState.FAILED;
        };
    return new ProcessRunStore.End(
        run.root().id(),
        state,
        VerdictJson.write(json, result),
        state == RunState.FAILED ? failure(result, ended.reason()) : null,
        state == RunState.CANCELED ? ended.reason() : null);
  }

  private static Failure failure(ProcessResult result, @Nullable String reason) {
    List<WorkerVerdict> bad = new ArrayList<>(result.with(Verdict.FAILED));
    bad.addAll(result.with(Verdict.CANCELED));
    String text =
        bad.stream()
            .map(ProcessEnds::text)
            .collect(
                Collectors.joining(
                    "; ",
                    bad.size() + " of " + result.verdicts().size() + " workers did not succeed: ",
                    reason == null ? "" : "; " + reason));
    return new Failure("ProcessFailed", Texts.told(text, LONGEST), "", null);
  }

  private static String text(WorkerVerdict verdict) {
    Failure failure = verdict.failure();
    return failure == null
        ? "'" + verdict.worker() + "' was cancelled"
        : "'" + verdict.worker() + "' failed (" + failure.type() + ": " + failure.message() + ")";
  }

  private void follow(
      Tx tx, UnitCounts counts, ProcessRunStore.Root root, ProcessRunStore.End end) {
    String unit = root.unit();
    Duration between = Duration.between(root.startedAt(), tx.now());
    Duration duration = between.isNegative() ? Duration.ZERO : between;
    RegisteredProcess known = core.registry().process(unit);
    long maxRuns = known == null ? 0 : core.registry().config(known).maxRuns();
    UnitCounts.End ended = new UnitCounts.End(end.state(), duration, tx.now());
    if (counts.ended(unit, root.id(), ended, maxRuns)) {
      counts.announce(core.journal(), tx, unit, root.id());
    }
    announce(tx, root, end, duration);
    RunOutcome outcome =
        new RunOutcome(
            new RunId(root.id()),
            end.state(),
            json.payload(end.result()),
            end.failure(),
            end.reason());
    tx.afterCommit(() -> signals.ended(outcome, new UnitId(unit)));
  }

  private void announce(
      Tx tx, ProcessRunStore.Root root, ProcessRunStore.End end, Duration duration) {
    Failure failure = end.failure();
    if (end.state() == RunState.COMPLETED) {
      core.journal()
          .add(
              tx,
              root.unit(),
              root.id(),
              origin ->
                  new UnitCompleted(origin, root.cause(), duration, json.payload(end.result())));
      milestones.add(
          tx,
          "unit:" + root.unit() + ":completed",
          models.modeMilestone(tx, root.unit(), root.definition()),
          root.unit(),
          root.id());
    } else if (failure != null) {
      core.journal()
          .add(
              tx,
              root.unit(),
              root.id(),
              duration,
              origin -> new UnitFailed(origin, root.cause(), 1, failure));
    } else {
      String reason = String.valueOf(end.reason());
      core.journal().add(tx, root.unit(), root.id(), origin -> new UnitCancelled(origin, reason));
    }
  }
}
