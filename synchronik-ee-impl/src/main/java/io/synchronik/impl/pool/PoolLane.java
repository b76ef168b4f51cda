package io.synchronik.impl.pool;

import io.synchronik.impl.exec.EngineThreads;
import io.synchronik.impl.exec.Lane;
import io.synchronik.impl.node.NodeLease;
import io.synchronik.impl.run.Starts;
import io.synchronik.impl.run.attempt.RunAttempts;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.time.Intake;
import io.synchronik.impl.unit.Core;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The one thread of a node that moves pools on, each in a transaction of its own. */
public final class PoolLane {

  /** Stands for all pools in which a decision is due; no pool has this name. */
  private static final String ANY = "";

  private final Core core;
  private final PoolDecisions decisions;
  private final NodeLease lease;
  private final Intake intake;
  private final Lane<String> lane =
      Lane.ofKeys("moving pools on", 1, Integer.MAX_VALUE, this::handle);

  private volatile @Nullable RunAttempts attempts;
  private boolean beginning = true;

  public PoolLane(Core core, PoolDecisions decisions, NodeLease lease, Intake intake) {
    this.core = core;
    this.decisions = decisions;
    this.lease = lease;
    this.intake = intake;
  }

  public void start(EngineThreads threads, RunAttempts target) {
    attempts = target;
    threads.start("pools", lane);
  }

  /** Lets no task begin any more, and returns when those begun so far are with the dispatcher. */
  public synchronized void beginNothing() {
    beginning = false;
  }

  /** Takes the ends that are there, and ends. */
  public boolean stop(Duration atMost) {
    look();
    return lane.close(atMost);
  }

  /** Something has happened to a pool. */
  public void offer(String pool) {
    lane.offer(pool);
  }

  /** A run of some pool has ended, or time has passed. */
  public void look() {
    offer(ANY);
  }

  /** Returns pools that somebody else holds. */
  private synchronized List<String> handle(List<String> signals) {
    if (!lease.isValid()) {
      return List.of();
    }
    Set<String> pools = new TreeSet<>(signals);
    if (pools.remove(ANY)) {
      decisions.undecided().forEach(this::offer);
    }
    return pools.stream().filter(pool -> !decide(pool) && decisions.isThere(pool)).toList();
  }

  private boolean decide(String pool) {
    RunStore.Claimer claimer = lease.claimer();
    Optional<PoolDecisions.Decided> decided =
        Objects.requireNonNull(attempts)
            .take(
                claimer,
                slots ->
                    core.transactions()
                        .own(tx -> decisions.decide(tx, pool, claimer, slots, beginning)),
                result -> result.map(one -> one.started().owned()).orElse(List.of()));
    if (decided.isEmpty()) {
      return false;
    }
    Starts.Started started = decided.get().started();
    intake.waiting(started.waiting());
    if (started.leftReady()) {
      intake.leftReady();
    }
    intake.slotFreed();
    if (decided.get().more() && beginning) {
      offer(pool);
    }
    return true;
  }
}
