package io.synchronik.impl.flow;

import io.synchronik.event.UnitCancelled;
import io.synchronik.event.UnitUpdated;
import io.synchronik.event.UpdateReason;
import io.synchronik.impl.exec.Slots;
import io.synchronik.impl.lifecycle.Admission;
import io.synchronik.impl.net.Command;
import io.synchronik.impl.net.Effect;
import io.synchronik.impl.net.NetPhase;
import io.synchronik.impl.run.IdleRuns;
import io.synchronik.impl.run.Runs;
import io.synchronik.impl.run.Starts;
import io.synchronik.impl.store.flow.NetStore;
import io.synchronik.impl.store.flow.PartStore;
import io.synchronik.impl.store.flow.ProcessRunStore;
import io.synchronik.impl.store.run.ControlStore;
import io.synchronik.impl.store.run.NewRuns;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.ProcessModels;
import io.synchronik.impl.unit.RegisteredWorker;
import io.synchronik.impl.unit.UnitCounts;
import io.synchronik.impl.unit.UnitLedger;
import io.synchronik.run.Cause;
import io.synchronik.run.RunState;
import io.synchronik.unit.UnitStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Moves runs of processes on: what their workers have come to is put before their nets, and what
 * follows is written. One transaction decides many runs. Locks their rows, then rows of parts, then
 * units and schedules. It waits for none of them; only somebody who cancels waits for runs.
 */
public final class Decisions implements Runs.WholeRuns {
  /**
   * What follows the commit.
   *
   * @param started parts that have started, and what waits
   * @param timers delays that have begun
   * @param held runs that somebody else holds
   */
  record Decided(Starts.Started started, List<NetStore.Timer> timers, Set<String> held) {}

  private final Core core;
  private final Starts starts;
  private final ProcessEnds ends;
  private final Runs.Signals signals;
  private final NetLoader loader;
  private final ProcessRunStore store = new ProcessRunStore();
  private final NetStore nets = new NetStore();
  private final ControlStore control = new ControlStore();
  private final IdleRuns idle;

  public Decisions(
      Core core, ProcessModels models, Starts starts, ProcessEnds ends, Runs.Signals signals) {
    this.core = core;
    this.idle = new IdleRuns(core, starts.ledger());
    this.starts = starts;
    this.ends = ends;
    this.signals = signals;
    this.loader = new NetLoader(models, core.journal());
  }

  /**
   * Decides runs that nobody else holds; as many parts as there are slots are owned at once by the
   * claimer.
   *
   * @throws RunsHeld if somebody else holds parts of some of them
   */
  Decided decide(Tx tx, Collection<String> ids, RunStore.Claimer claimer, Slots slots) {
    List<ProcessRunStore.Root> roots = store.lockRunningFree(tx.session(), ids);
    Set<String> held = roots.size() == ids.size() ? Set.of() : held(tx, ids, roots);
    return write(tx, loader.load(tx, roots, run -> {}, false), claimer, slots, held);
  }

  private Set<String> held(Tx tx, Collection<String> ids, List<ProcessRunStore.Root> roots) {
    Set<String> missing = new HashSet<>(ids);
    roots.forEach(root -> missing.remove(root.id()));
    Set<String> held = new HashSet<>();
    store.running(tx.session(), missing).forEach(root -> held.add(root.id()));
    return held;
  }

  /** Cancels a run of a process; false when it is final already, or none of a process. */
  @Override
  public boolean cancel(Tx tx, String id, String by) {
    List<ProcessRunStore.Root> roots = store.lockRunning(tx.session(), List.of(id));
    if (roots.isEmpty()) {
      return false;
    }
    List<NetRun> runs = loader.load(tx, roots, run -> run.apply(new Command.CancelRun(by)), true);
    write(tx, runs, new RunStore.Claimer("", ""), Slots.NONE, Set.of());
    return runs.stream()
        .anyMatch(run -> run.end().filter(end -> end.phase() == NetPhase.CANCELED).isPresent());
  }

  @Override
  public UnitLedger ledger() {
    return starts.ledger();
  }

  private Decided write(
      Tx tx, List<NetRun> runs, RunStore.Claimer claimer, Slots slots, Set<String> held) {
    List<Withdrawn> withdrawn = withdraw(tx, runs);
    List<NetRun> ended = runs.stream().filter(run -> run.end().isPresent()).toList();
    ends.rearm(tx, starts.ledger(), ended);
    Starts.Batch batch = starts.begin(tx, units(runs, withdrawn), claimer, slots);
    withdrawn.forEach(item -> announce(tx, batch.counts(), item));
    runs.forEach(run -> addParts(tx, batch, run));
    for (NetRun run : runs) {
      if (run.judged() && run.end().isEmpty()) {
        progress(tx, run.root());
      }
    }
    ends.end(tx, batch.counts(), ended);
    batch.write();
    List<NetStore.Timer> timers = timers(tx, runs);
    nets.updateTasks(
        tx.session(), runs.stream().flatMap(run -> run.tasks(false).stream()).toList());
    nets.insertTasks(tx.session(), runs.stream().flatMap(run -> run.tasks(true).stream()).toList());
    nets.writePlaces(tx.session(), runs.stream().flatMap(run -> run.places().stream()).toList());
    nets.insertTimers(tx.session(), timers);
    nets.deleteTimers(
        tx.session(),
        runs.stream()
            .flatMap(run -> run.timersOver().stream().map(task -> run.timer(task, tx.now())))
            .toList());
    nets.close(tx.session(), ended.stream().map(run -> run.root().id()).toList());
    return new Decided(batch.started(), timers, held);
  }

  /** A part that no node had begun. */
  private record Withdrawn(PartStore.Item item, RunState before, String reason) {}

  private List<Withdrawn> withdraw(Tx tx, List<NetRun> runs) {
    List<Withdrawn> withdrawn = new ArrayList<>();
    for (NetRun run : runs) {
      String reason = run.end().map(Effect.RunEnded::reason).orElse("stopped with its process");
      for (PartStore.Item item : run.withdrawnItems()) {
        Optional<IdleRuns.Canceled> canceled = idle.cancel(tx, item.id(), reason);
        if (canceled.isPresent() && !canceled.get().later()) {
          withdrawn.add(new Withdrawn(item, canceled.get().before(), reason));
        } else if (canceled.isPresent()
            || control.askToCancelIfRunning(tx.session(), item.id(), reason)) {
          tx.afterCommit(() -> signals.cancelAsked(item.id(), reason));
        }
      }
    }
    return withdrawn;
  }

  private static Set<String> units(List<NetRun> runs, List<Withdrawn> withdrawn) {
    Set<String> ids = new TreeSet<>();
    withdrawn.forEach(one -> ids.add(one.item.unit()));
    for (NetRun run : runs) {
      run.ready().forEach(task -> ids.add(run.net().id(task.task())));
      if (run.end().isPresent()) {
        ids.add(run.root().unit());
      }
    }
    return ids;
  }

  private void announce(Tx tx, UnitCounts counts, Withdrawn one) {
    String unit = one.item.unit();
    String run = one.item.id();
    if (one.before != RunState.SUBMITTED && counts.withdrawn(unit, run)) {
      counts.announce(core.journal(), tx, unit, run);
    }
    core.journal().add(tx, unit, run, origin -> new UnitCancelled(origin, one.reason));
  }

  private void addParts(Tx tx, Starts.Batch batch, NetRun run) {
    for (NetRun.Enabling task : run.ready()) {
      String unit = run.net().id(task.task());
      String id = core.journal().nextId();
      RunStore.Origin origin = new RunStore.Origin(Cause.PROCESS, null, run.part(task));
      String payload = run.root().given().payload();
      RegisteredWorker worker = core.registry().worker(unit);
      Admission.Candidate candidate = new Admission.Candidate(false, Admission.Patience.FOR_ALL, 0);
      if (worker != null
          && batch.counts().facts(unit) != null
          && batch.decide(worker, candidate) instanceof Admission.Admit) {
        if (batch.start(id, unit, origin, new Starts.Given(NewRuns.Request.NONE, payload))) {
          run.started(task);
        }
      } else {
        // It waits for the end of another run, for the end of a pause, or for a node that knows it;
        // or until nobody else holds its worker
        batch.waitIfHeld(unit);
        batch.insert(
            new NewRuns.New(
                id,
                unit,
                RunState.SUBMITTED,
                origin,
                RunStore.OfProcess.NOT,
                new NewRuns.Details(tx.now(), null, NewRuns.Request.NONE, payload, null)));
      }
    }
  }

  private void progress(Tx tx, ProcessRunStore.Root root) {
    core.journal()
        .add(
            tx,
            root.unit(),
            root.id(),
            origin -> new UnitUpdated(origin, UpdateReason.PROGRESS, UnitStatus.RUNNING));
  }

  private static List<NetStore.Timer> timers(Tx tx, List<NetRun> runs) {
    List<NetStore.Timer> timers = new ArrayList<>();
    for (NetRun run : runs) {
      run.delays().forEach((task, delay) -> timers.add(run.timer(task, tx.now().plus(delay))));
    }
    return timers;
  }

  /** Returns runs in which a decision is due. */
  Set<String> undecided(int limit) {
    return core.transactions().own(tx -> nets.undecided(tx.session(), tx.now(), limit));
  }
}
