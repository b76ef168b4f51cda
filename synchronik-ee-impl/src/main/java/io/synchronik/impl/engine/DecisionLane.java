package io.synchronik.impl.engine;

import io.synchronik.impl.store.RunStore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The one thread of a node that moves runs of processes on, as many as wait in one transaction. */
final class DecisionLane {
  private static final int MOST_AT_ONCE = 100;
  private static final int MOST_FOUND = 1000;

  /** The loop finds what is beyond it. */
  private static final int MOST_QUEUED = 10_000;

  private final Core core;
  private final Decisions decisions;
  private final NodeLease lease;
  private final Intake intake;
  private final Lane<String> lane =
      Lane.ofKeys("moving processes on", MOST_AT_ONCE, MOST_QUEUED, Lane.freely(this::decide));

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
    lane.offer(run);
  }

  /** Finds runs in which nobody has decided yet: their node was lost, or the commit failed. */
  void refresh() {
    decisions.undecided(MOST_FOUND).forEach(this::offer);
  }

  private synchronized void decide(List<String> runs) {
    if (!lease.isValid()) {
      return;
    }
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
