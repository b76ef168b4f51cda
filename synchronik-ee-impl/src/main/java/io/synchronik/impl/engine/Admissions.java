package io.synchronik.impl.engine;

import io.synchronik.event.UnitSkipped;
import io.synchronik.impl.lifecycle.Admission;
import io.synchronik.impl.store.ClaimStore;
import io.synchronik.impl.store.RunStore;
import io.synchronik.impl.store.UnitStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Lets runs that were asked for start, wait, or end as skipped. Locks runs, then units. */
final class Admissions {
  private static final int MOST = 500;

  private final Registry registry;
  private final Journal journal;
  private final Starts starts;
  private final Skipped skipped;
  private final ClaimStore runs = new ClaimStore();
  private final UnitStore units = new UnitStore();

  /** Told after the commit; only a signal. */
  @FunctionalInterface
  interface Skipped {
    /** A run has ended as skipped. */
    void skipped(RunStore.Submitted run, String reason);
  }

  Admissions(Registry registry, Journal journal, Starts starts, Skipped skipped) {
    this.registry = registry;
    this.journal = journal;
    this.starts = starts;
    this.skipped = skipped;
  }

  /**
   * What came of it.
   *
   * @param owned runs to execute here
   * @param waiting units that have runs waiting for the end of others
   * @param leftReady whether runs were left for others to claim
   */
  record Admitted(List<RunStore.Owned> owned, Set<String> waiting, boolean leftReady) {}

  Admitted admit(Tx tx, RunStore.Claimer claimer, int slots) {
    List<RunStore.Submitted> submitted = runs.lockSubmitted(tx.session(), registry.ids(), MOST);
    Set<String> ids = new TreeSet<>();
    submitted.forEach(run -> ids.add(run.unit()));
    Starts.Batch batch = starts.begin(tx, units.lock(tx.session(), ids), claimer, slots);
    Map<String, Integer> waiting = new HashMap<>();
    List<RunStore.Submitted> running = new ArrayList<>();
    List<RunStore.Submitted> ready = new ArrayList<>();
    for (RunStore.Submitted run : submitted) {
      RegisteredWorker worker = registry.find(run.unit());
      if (worker == null || batch.counts().facts(run.unit()) == null) {
        continue;
      }
      Admission admission =
          batch.decide(
              worker,
              new Admission.Candidate(
                  run.forced(),
                  RunStore.PATIENT.equals(run.reason()),
                  waiting.getOrDefault(run.unit(), 0)));
      if (admission instanceof Admission.Admit) {
        (batch.admitted(run) ? running : ready).add(run);
      } else if (admission instanceof Admission.Wait) {
        waiting.merge(run.unit(), 1, Integer::sum);
      } else if (admission instanceof Admission.Skip skip) {
        skip(tx, run, skip.reason());
      }
    }
    List<RunStore.Submitted> taken =
        runs.admitIfSubmitted(tx.session(), running, claimer, tx.now());
    int left = runs.admitIfSubmitted(tx.session(), ready, null, tx.now()).size();
    if (taken.size() < running.size() || left < ready.size()) {
      throw new MovedOn();
    }
    batch.write();
    return new Admitted(batch.owned(), new HashSet<>(waiting.keySet()), batch.leftReady());
  }

  private void skip(Tx tx, RunStore.Submitted run, String reason) {
    if (runs.skipIfSubmitted(tx.session(), run.id(), reason, tx.now())) {
      journal.add(tx, run.unit(), run.id(), origin -> new UnitSkipped(origin, run.cause(), reason));
      tx.afterCommit(() -> skipped.skipped(run, reason));
    }
  }

  /** Another node took some of the runs meanwhile, on a database without row claims; all again. */
  static final class MovedOn extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MovedOn() {
      super("runs were taken by another node");
    }
  }
}
