package io.synchronik.impl.engine;

import io.synchronik.event.UnitStarted;
import io.synchronik.impl.lifecycle.Admission;
import io.synchronik.impl.lifecycle.UnitFacts;
import io.synchronik.impl.store.RunStore;
import io.synchronik.impl.store.UnitStore;
import io.synchronik.run.Cause;
import io.synchronik.run.RunState;
import io.synchronik.schedule.Overlap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What firing, admission and claims have in common: runs that start, and their units' counts. */
final class Starts {
  private final Registry registry;
  private final Journal journal;
  private final Milestones milestones;
  private final RunStore runs = new RunStore();
  private final UnitStore units = new UnitStore();

  Starts(Registry registry, Journal journal, Milestones milestones) {
    this.registry = registry;
    this.journal = journal;
    this.milestones = milestones;
  }

  Batch begin(Tx tx, Map<String, UnitStore.Locked> locked, RunStore.Claimer claimer, int slots) {
    return new Batch(tx, locked, claimer, slots);
  }

  /** Adds the events of a run's first attempt. */
  void announceStart(Tx tx, String unit, String run, Cause cause) {
    journal.add(tx, unit, run, origin -> new UnitStarted(origin, cause));
    milestones.add(tx, "unit:" + unit + ":running", null, unit, run);
  }

  /** The starts of one transaction. */
  final class Batch {
    private final Tx tx;
    private final Map<String, UnitStore.Locked> locked;
    private final RunStore.Claimer claimer;
    private final UnitCounts counts;
    private final List<RunStore.New> inserted = new ArrayList<>();
    private final List<RunStore.Owned> owned = new ArrayList<>();
    private final Set<String> waitingUnits = new HashSet<>();
    private int slots;
    private boolean leftReady;

    private Batch(
        Tx tx, Map<String, UnitStore.Locked> locked, RunStore.Claimer claimer, int slots) {
      this.tx = tx;
      this.locked = locked;
      this.claimer = claimer;
      this.slots = slots;
      this.counts = new UnitCounts(locked);
    }

    UnitCounts counts() {
      return counts;
    }

    /** Decides by the configuration in force, which another node may have changed. */
    Admission decide(RegisteredWorker worker, Admission.Candidate candidate) {
      String unit = worker.id().value();
      UnitFacts facts = Objects.requireNonNull(counts.facts(unit));
      String changes = Objects.requireNonNull(locked.get(unit)).configuration();
      Overlap overlap = registry.config(worker, changes).overlap();
      return Admission.decide(facts, candidate, overlap, tx.now());
    }

    void insert(RunStore.New run) {
      inserted.add(run);
    }

    RunStore.Details skip(Admission.Skip skip) {
      return new RunStore.Details(tx.now(), null, false, null, null, skip.reason());
    }

    RunStore.Details waiting(@Nullable String reason) {
      return new RunStore.Details(tx.now(), null, false, null, null, reason);
    }

    /** Inserts a scheduled run that was admitted: owned at once when a thread is free. */
    void start(String run, String unit, Instant scheduledAt) {
      boolean now = slots > 0;
      RunStore.Details details =
          new RunStore.Details(tx.now(), now ? claimer : null, false, null, null, null);
      RunState state = now ? RunState.RUNNING : RunState.READY;
      inserted.add(new RunStore.New(run, unit, state, Cause.SCHEDULE, scheduledAt, details));
      admitted(
          new RunStore.Submitted(run, unit, Cause.SCHEDULE, scheduledAt, false, null, null), now);
    }

    /** Counts an admitted run; returns whether this node owns it. */
    boolean admitted(RunStore.Submitted run) {
      boolean now = slots > 0;
      admitted(run, now);
      return now;
    }

    private void admitted(RunStore.Submitted run, boolean now) {
      if (counts.admitted(run.unit())) {
        counts.announce(journal, tx, run.unit(), run.id());
      }
      if (now) {
        slots--;
        UnitStore.Locked unit = Objects.requireNonNull(locked.get(run.unit()));
        counts.started(run.unit(), run.id(), tx.now());
        announceStart(tx, run.unit(), run.id(), run.cause());
        owned.add(
            new RunStore.Owned(
                run.id(),
                run.unit(),
                1,
                1,
                0,
                new RunStore.Context(
                    run.cause(),
                    run.scheduledAt(),
                    tx.now(),
                    run.payload(),
                    unit.configuration(),
                    unit.lastCompletedAt())));
      } else {
        leftReady = true;
      }
    }

    List<RunStore.Owned> owned() {
      return owned;
    }

    /** Units that have runs waiting for the end of others. */
    Set<String> waitingUnits() {
      return waitingUnits;
    }

    boolean leftReady() {
      return leftReady;
    }

    void write() {
      runs.insert(tx.session(), inserted);
      counts.write(units, tx.session());
    }
  }
}
