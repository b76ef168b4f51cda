package io.synchronik.impl.engine;

import io.synchronik.impl.store.RunStore;
import io.synchronik.impl.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The one thread of a node that moves pools on, each in a transaction of its own. */
final class PoolLane {
  private static final Logger LOG = System.getLogger(PoolLane.class.getName());
  private static final int MOST_AT_ONCE = 100;

  /** A pool that somebody holds is looked at again after this, and then less and less often. */
  private static final long FIRST_WAIT_MILLIS = 3;

  private static final long MOST_WAIT_MILLIS = 100;

  /** Stands for all pools in which a decision is due; no pool has this name. */
  private static final String ANY = "";

  private final Core core;
  private final PoolDecisions decisions;
  private final NodeLease lease;
  private final Intake intake;
  private final Lane<String> lane = new Lane<>("moving pools on", MOST_AT_ONCE, this::handle);
  private final Set<String> queued = ConcurrentHashMap.newKeySet();

  /** Pools that could not be decided last time: each is reported once. */
  private final Set<String> failing = new HashSet<>();

  /** How long is waited for pools that were held last time. */
  private final Map<String, Long> waits = new HashMap<>();

  private volatile @Nullable RunAttempts attempts;
  private boolean beginning = true;

  PoolLane(Core core, PoolDecisions decisions, NodeLease lease, Intake intake) {
    this.core = core;
    this.decisions = decisions;
    this.lease = lease;
    this.intake = intake;
  }

  void start(EngineThreads threads, RunAttempts target) {
    attempts = target;
    threads.start("pools", lane::work);
  }

  /** Lets no task begin any more, and returns when those begun so far are with the dispatcher. */
  synchronized void beginNothing() {
    beginning = false;
  }

  /** Takes the ends that are there, and ends. */
  boolean stop(Duration atMost) {
    look();
    return lane.close(atMost);
  }

  /** Something has happened to a pool. */
  void offer(String pool) {
    if (queued.add(pool)) {
      lane.offer(pool);
    }
  }

  /** A run of some pool has ended, or time has passed. */
  void look() {
    offer(ANY);
  }

  private synchronized void handle(List<String> signals) {
    signals.forEach(queued::remove);
    if (!lease.isValid()) {
      return;
    }
    Set<String> pools = new TreeSet<>(signals);
    if (pools.remove(ANY)) {
      pools.addAll(decisions.undecided());
      waits.keySet().retainAll(pools);
    }
    for (String pool : pools) {
      decideAlone(pool);
    }
  }

  /** One that cannot be decided must not hold up the others; the loop offers it again. */
  private void decideAlone(String pool) {
    try {
      decide(pool);
      failing.remove(pool);
    } catch (RuntimeException e) {
      if (StoreException.isOutage(e)) {
        throw e;
      }
      Level level = failing.add(pool) ? Level.WARNING : Level.DEBUG;
      LOG.log(level, "Pool " + pool + " could not be moved on and is tried again", e);
    }
  }

  private void decide(String pool) {
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
      long wait = waits.merge(pool, FIRST_WAIT_MILLIS, (last, one) -> 2 * last);
      waits.put(pool, Math.min(wait, MOST_WAIT_MILLIS));
      intake.later(core.clock().instant().plusMillis(wait), this::look);
      return;
    }
    waits.remove(pool);
    Starts.Started started = decided.get().started();
    intake.waiting(started.waiting());
    if (started.leftReady()) {
      intake.leftReady();
    }
    intake.slotFreed();
    if (decided.get().more() && beginning) {
      offer(pool);
    }
  }
}
