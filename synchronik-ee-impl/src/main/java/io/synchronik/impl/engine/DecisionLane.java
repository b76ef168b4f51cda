package io.synchronik.impl.engine;

import io.synchronik.impl.store.RunStore;
import io.synchronik.impl.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The one thread of a node that moves runs of processes on, as many as wait in one transaction. */
final class DecisionLane {
  private static final Logger LOG = System.getLogger(DecisionLane.class.getName());
  private static final int MOST_AT_ONCE = 100;
  private static final int MOST_FOUND = 1000;

  private final Core core;
  private final Decisions decisions;
  private final NodeLease lease;
  private final Intake intake;
  private final Lane<String> lane = new Lane<>("moving processes on", MOST_AT_ONCE, this::handle);
  private final Set<String> queued = ConcurrentHashMap.newKeySet();

  /** Runs that could not be decided last time: each is reported once. */
  private final Set<String> failing = new HashSet<>();

  private volatile @Nullable RunAttempts attempts;
  private boolean owning = true;

  DecisionLane(Core core, Decisions decisions, NodeLease lease, Intake intake) {
    this.core = core;
    this.decisions = decisions;
    this.lease = lease;
    this.intake = intake;
  }

  void start(EngineThreads threads, RunAttempts target) {
    attempts = target;
    threads.start("decisions", lane::work);
  }

  /** Decides what is queued and ends. */
  boolean stop(Duration atMost) {
    return lane.close(atMost);
  }

  /** Owns no parts any more, and returns when those owned so far are with the dispatcher. */
  synchronized void ownNothing() {
    owning = false;
  }

  /** Something has happened to a run. */
  void offer(String run) {
    if (queued.add(run)) {
      lane.offer(run);
    }
  }

  /** Finds runs in which nobody has decided yet: their node was lost, or the commit failed. */
  void refresh() {
    decisions.undecided(MOST_FOUND).forEach(this::offer);
  }

  private synchronized void handle(List<String> runs) {
    runs.forEach(queued::remove);
    if (!lease.isValid()) {
      return;
    }
    try {
      decide(runs);
      runs.forEach(failing::remove);
    } catch (RuntimeException e) {
      if (StoreException.isOutage(e)) {
        throw e;
      }
      LOG.log(Level.DEBUG, "A group of decisions failed and is made one by one", e);
      runs.forEach(this::decideAlone);
    }
  }

  /** One that cannot be decided must not hold up the others; the loop offers it again. */
  private void decideAlone(String run) {
    try {
      decide(List.of(run));
      failing.remove(run);
    } catch (RuntimeException e) {
      Level level = failing.add(run) ? Level.WARNING : Level.DEBUG;
      LOG.log(level, "Run " + run + " could not be moved on and is tried again", e);
    }
  }

  private void decide(List<String> runs) {
    RunStore.Claimer claimer = lease.claimer();
    Decisions.Decided decided =
        Objects.requireNonNull(attempts)
            .take(
                claimer,
                slots ->
                    core.transactions()
                        .own(
                            tx -> decisions.decide(tx, runs, claimer, owning ? slots : Slots.NONE)),
                result -> result.started().owned());
    intake.waiting(decided.started().waiting());
    if (decided.started().leftReady()) {
      intake.leftReady();
    }
    intake.slotFreed();
    decided.timers().forEach(timer -> intake.later(timer.due(), () -> offer(timer.run())));
  }
}
