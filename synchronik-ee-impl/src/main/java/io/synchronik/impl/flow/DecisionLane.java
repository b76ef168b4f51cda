package io.synchronik.impl.flow;

import io.synchronik.impl.exec.EngineThreads;
import io.synchronik.impl.exec.Lane;
import io.synchronik.impl.exec.Slots;
import io.synchronik.impl.node.NodeLease;
import io.synchronik.impl.run.attempt.RunAttempts;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.time.Intake;
import io.synchronik.impl.unit.Core;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The one thread of a node that moves runs of processes on, as many as wait in one transaction. */
public final class DecisionLane {
  private static final int MOST_AT_ONCE = 100;
  private static final int MOST_FOUND = 1000;

  /** The loop finds what is beyond it. */
  private static final int MOST_QUEUED = 10_000;

  private final Core core;
  private final Decisions decisions;
  private final NodeLease lease;
  private final Intake intake;
  private final Lane<String> lane =
      Lane.ofKeys("moving processes on", MOST_AT_ONCE, MOST_QUEUED, this::decide);

  private volatile @Nullable RunAttempts attempts;
  private boolean owning = true;

  public DecisionLane(Core core, Decisions decisions, NodeLease lease, Intake intake) {
    this.core = core;
    this.decisions = decisions;
    this.lease = lease;
    this.intake = intake;
  }

  public void start(EngineThreads threads, RunAttempts target) {
    attempts = target;
    threads.start("decisions", lane);
  }

  /** Decides what is queued and ends. */
  public boolean stop(Duration atMost) {
    return lane.close(atMost);
  }

  /** Owns no parts any more, and returns when those owned so far are with the dispatcher. */
  public synchronized void ownNothing() {
    owning = false;
  }

  /** Something has happened to a run. */
  public void offer(String run) {
    lane.offer(run);
  }

  /** Finds runs in which nobody has decided yet: their node was lost, or the commit failed. */
  public void refresh() {
    decisions.undecided(MOST_FOUND).forEach(this::offer);
  }

  /** Returns runs that somebody else holds, themselves or in part. */
  private synchronized Set<String> decide(List<String> runs) {
    Set<String> held = new HashSet<>();
    List<String> free = new ArrayList<>(runs);
    while (!free.isEmpty() && lease.isValid()) {
      try {
        held.addAll(decideFree(free));
        free.clear();
      } catch (RunsHeld e) {
        held.addAll(e.runs());
        free.removeAll(e.runs());
      }
    }
    return held;
  }

  private Set<String> decideFree(List<String> runs) {
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
    return decided.held();
  }
}
