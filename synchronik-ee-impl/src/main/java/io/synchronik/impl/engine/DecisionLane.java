package io.synchronik.impl.engine;

import io.synchronik.impl.store.RunStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
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
  private volatile @Nullable Dispatcher dispatcher;
  private boolean owning = true;

  DecisionLane(Core core, Decisions decisions, NodeLease lease, Intake intake) {
    this.core = core;
    this.decisions = decisions;
    this.lease = lease;
    this.intake = intake;
  }

  void start(EngineThreads threads, Dispatcher target) {
    dispatcher = target;
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
    } catch (RuntimeException e) {
      if (runs.size() == 1) {
        throw e;
      }
      LOG.log(Level.WARNING, "A group of decisions failed and is made one by one", e);
      runs.forEach(run -> decideAlone(run));
    }
  }

  private void decideAlone(String run) {
    try {
      decide(List.of(run));
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "Run " + run + " could not be moved on; the loop tries again", e);
    }
  }

  private void decide(List<String> runs) {
    RunStore.Claimer claimer = lease.claimer();
    Decisions.Decided decided =
        Objects.requireNonNull(dispatcher)
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
