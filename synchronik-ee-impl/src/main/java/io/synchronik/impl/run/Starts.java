package io.synchronik.impl.run;

import io.synchronik.event.UnitStarted;
import io.synchronik.impl.exec.Slots;
import io.synchronik.impl.journal.Journal;
import io.synchronik.impl.journal.Milestones;
import io.synchronik.impl.lifecycle.Admission;
import io.synchronik.impl.lifecycle.UnitFacts;
import io.synchronik.impl.store.run.ClaimStore;
import io.synchronik.impl.store.run.NewRuns;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.store.unit.UnitStore;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.ProcessModels;
import io.synchronik.impl.unit.RegisteredProcess;
import io.synchronik.impl.unit.RegisteredUnit;
import io.synchronik.impl.unit.Registry;
import io.synchronik.impl.unit.UnitCounts;
import io.synchronik.impl.unit.UnitLedger;
import io.synchronik.run.RunState;
import io.synchronik.unit.UnitConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What firing, admission, claims and processes have in common: runs that start, and their units'
 * counts.
 */
public final class Starts {
  /**
   * What has started, and what waits.
   *
   * @param owned runs to execute here
   * @param begun runs of processes that begin
   * @param waiting units that have runs waiting for the end of others
   * @param leftReady whether runs were left for others to claim
   */
  public record Started(
      List<RunStore.Owned> owned, List<String> begun, Set<String> waiting, boolean leftReady) {}

  /**
   * What a new run is given.
   *
   * @param request who asked for it
   * @param payload as JSON
   */
  public record Given(NewRuns.Request request, @Nullable String payload) {
    /** Nobody asked, and there is nothing to give. */
    public static final Given NOTHING = new Given(NewRuns.Request.NONE, null);
  }

  private final Registry registry;
  private final Journal journal;
  private final Milestones milestones;
  private final ProcessModels models;
  private final UnitLedger ledger;
  private final NewRuns runs = new NewRuns();

  public Starts(
      Registry registry,
      Journal journal,
      Milestones milestones,
      ProcessModels models,
      UnitLedger ledger) {
    this.registry = registry;
    this.ledger = ledger;
    this.journal = journal;
    this.milestones = milestones;
    this.models = models;
  }

  /** Begins with those of some units that nobody else holds. */
  public Batch beginFree(Tx tx, Collection<String> units, RunStore.Claimer claimer, Slots slots) {
    return new Batch(tx, ledger.holdFree(tx, units), claimer, slots);
  }

  /** Begins with units; what others hold is waited for a moment. */
  public Batch begin(Tx tx, Collection<String> units, RunStore.Claimer claimer, Slots slots) {
    return new Batch(tx, ledger.hold(tx, units), claimer, slots);
  }

  public UnitLedger ledger() {
    return ledger;
  }

  /** Adds the events of a run's first attempt, or of the begin of a process's run. */
  void announceStart(
      Tx tx, String unit, String run, RunStore.Origin origin, @Nullable String content) {
    Instant due = origin.scheduledAt();
    Duration late = due == null ? null : Duration.between(due, tx.now());
    journal.add(tx, unit, run, late, from -> new UnitStarted(from, origin.cause()));
    milestones.add(tx, "unit:" + unit + ":running", content, unit, run);
  }

  /** The starts of one transaction. */
  public final class Batch {
    private final Tx tx;
    private final RunStore.Claimer claimer;
    private final UnitCounts counts;
    private final List<NewRuns.New> inserted = new ArrayList<>();
    private final List<RunStore.Owned> owned = new ArrayList<>();
    private final List<String> begun = new ArrayList<>();
    private final Set<String> waitingUnits = new HashSet<>();
    private Slots slots;
    private boolean leftReady;

    private Batch(Tx tx, UnitCounts counts, RunStore.Claimer claimer, Slots slots) {
      this.tx = tx;
      this.claimer = claimer;
      this.slots = slots;
      this.counts = counts;
    }

    public UnitCounts counts() {
      return counts;
    }

    /** Decides by the configuration in force, which another node may have changed. */
    public Admission decide(RegisteredUnit known, Admission.Candidate candidate) {
      String unit = known.id().value();
      UnitStore.Locked row = unit(unit);
      UnitConfig config = registry.config(known, row.configuration());
      UnitFacts facts =
          Objects.requireNonNull(counts.facts(unit)).bounded(config.maxRuns(), counts.runs(unit));
      Admission admission = Admission.decide(facts, candidate, config.overlap(), tx.now());
      if (facts.enabled() && facts.runsLeft() <= 0) {
        // It was enabled again, or the bound was lowered since
        counts.disable(unit);
      }
      if (admission instanceof Admission.Wait) {
        waitingUnits.add(unit);
      }
      return admission;
    }

    /** The run of a unit that somebody else holds is looked at as soon as nobody does. */
    public void waitIfHeld(String unit) {
      if (counts.isHeld(unit)) {
        tx.afterCommit(() -> ledger.waits(unit));
      }
    }

    public void insert(NewRuns.New run) {
      inserted.add(run);
    }

    public NewRuns.Details skip(Admission.Skip skip) {
      return waiting(skip.reason());
    }

    public NewRuns.Details waiting(@Nullable String reason) {
      return new NewRuns.Details(tx.now(), null, NewRuns.Request.NONE, null, reason);
    }

    private NewRuns.Details details(RunStore.@Nullable Claimer claim, Given given) {
      return new NewRuns.Details(tx.now(), claim, given.request, given.payload, null);
    }

    /**
     * Inserts a run that was admitted: owned at once when a thread is free, begun when it is one of
     * a process. Returns whether this node owns it.
     */
    public boolean start(String run, String unit, RunStore.Origin origin, Given given) {
      RunStore.Submitted admitted =
          new RunStore.Submitted(
              run, unit, origin, new RunStore.Asked(false, false), given.payload, null);
      RegisteredProcess process = registry.process(unit);
      if (process != null) {
        ClaimStore.Begun begins = begin(process, admitted);
        RunStore.OfProcess ofProcess = new RunStore.OfProcess(begins.definition(), null);
        inserted.add(
            new NewRuns.New(run, unit, RunState.RUNNING, origin, ofProcess, details(null, given)));
        return false;
      }
      boolean now = admitted(admitted);
      RunState state = now ? RunState.RUNNING : RunState.READY;
      inserted.add(
          new NewRuns.New(
              run,
              unit,
              state,
              origin,
              RunStore.OfProcess.NOT,
              details(now ? claimer : null, given)));
      return now;
    }

    /** Counts an admitted run of a process and announces its start. */
    ClaimStore.Begun begin(RegisteredProcess process, RunStore.Submitted run) {
      String unit = run.unit();
      count(run);
      counts.started(unit, run.id(), tx.now());
      String changes = unit(unit).configuration();
      String definition =
          run.definition() == null ? models.version(tx, process, changes) : run.definition();
      String mode = models.modeMilestone(tx, unit, definition);
      announceStart(tx, unit, run.id(), run.origin(), mode);
      begun.add(run.id());
      return new ClaimStore.Begun(run, definition);
    }

    /** Counts an admitted run of a worker; returns whether this node owns it. */
    boolean admitted(RunStore.Submitted run) {
      count(run);
      if (!slots.takeOne()) {
        leftReady = true;
        return false;
      }
      UnitStore.Locked unit = unit(run.unit());
      counts.started(run.unit(), run.id(), tx.now());
      announceStart(tx, run.unit(), run.id(), run.origin(), null);
      owned.add(
          new RunStore.Owned(
              run.id(),
              run.unit(),
              1,
              1,
              0,
              new RunStore.Context(
                  run.origin(),
                  tx.now(),
                  run.payload(),
                  unit.configuration(),
                  unit.lastCompletedAt())));
      return true;
    }

    private void count(RunStore.Submitted run) {
      if (counts.admitted(run.unit())) {
        counts.announce(journal, tx, run.unit(), run.id());
      }
    }

    private UnitStore.Locked unit(String id) {
      return counts.locked(id);
    }

    public Started started() {
      return new Started(owned, begun, waitingUnits, leftReady);
    }

    public void write() {
      runs.insert(tx.session(), inserted);
      counts.write();
    }
  }
}
