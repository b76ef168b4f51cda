package io.synchronik.impl.item;

import io.synchronik.impl.exec.EngineThreads;
import io.synchronik.impl.exec.Lane;
import io.synchronik.impl.node.NodeLease;
import io.synchronik.impl.store.item.ItemSets;
import io.synchronik.item.ItemStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

/**
 * The one thread of a node that decides about runs of items. While many items end, each run is
 * looked at now and then; at once when this node has nothing more of it, or one has failed.
 */
final class ItemDecisionLane {
  private static final long PAUSE_MILLIS = 100;
  private static final long PROGRESS_NANOS = 1_000_000_000;

  /** Stands for all sets. */
  private static final long SWEEP = 0;

  /** Stands for the sets that are ending. */
  private static final long WITHDRAW = -1;

  private final ItemDecisions decisions;
  private final Policies policies;
  private final NodeLease lease;
  private final EngineThreads threads;
  private final Lane<Long> lane =
      Lane.ofKeys("deciding about items", 1, Integer.MAX_VALUE, this::handle);

  /** Sets that are to be queued in a moment. */
  private final Set<Long> coming = ConcurrentHashMap.newKeySet();

  private final Map<Long, Told> told = new HashMap<>();

  private record Told(long nanos, ItemStatistics statistics) {}

  ItemDecisionLane(
      ItemDecisions decisions, Policies policies, NodeLease lease, EngineThreads threads) {
    this.decisions = decisions;
    this.policies = policies;
    this.lease = lease;
    this.threads = threads;
  }

  void start() {
    threads.start("item-decisions", lane);
  }

  /** Decides what is queued and ends. */
  boolean stop(Duration atMost) {
    return lane.close(atMost);
  }

  /** Something has happened to a set that may decide it. */
  void offer(long set) {
    lane.offer(set);
  }

  /** Something has happened to a set that is not likely to decide it. */
  void offerLater(long set) {
    if (coming.add(set)) {
      try {
        threads.later(PAUSE_MILLIS, () -> offerNow(set));
      } catch (RejectedExecutionException e) {
        // The engine stops; another node or the next start goes on
        coming.remove(set);
      }
    }
  }

  private void offerNow(long set) {
    coming.remove(set);
    lane.offer(set);
  }

  /** Looks at all sets, and withdraws what is left of those that have ended. */
  void refresh() {
    offer(SWEEP);
  }

  /** Withdraws what is left of sets that are ending. */
  void withdraw() {
    offer(WITHDRAW);
  }

  /** Returns sets that somebody else holds. */
  private List<Long> handle(List<Long> sets) {
    List<Long> held = new ArrayList<>();
    if (lease.isValid()) {
      for (long set : sets) {
        if (set == SWEEP) {
          withdraw();
          sweep();
        } else if (!(set == WITHDRAW ? withdrawSome() : decisions.decide(set))) {
          held.add(set);
        }
      }
    }
    return held;
  }

  /** Returns false when somebody else holds some of it. */
  private boolean withdrawSome() {
    ItemRunEnds.Swept swept = decisions.sweep();
    if (swept.more()) {
      // In turn with the decisions about others
      withdraw();
    }
    return swept.more() || !swept.held();
  }

  private void sweep() {
    List<ItemSets.Found> live = decisions.live();
    for (ItemSets.Found set : live) {
      lane.offer(set.id());
      tell(set);
    }
    Set<Long> sets = new HashSet<>();
    live.forEach(set -> sets.add(set.id()));
    told.keySet().retainAll(sets);
    policies.forgetAllBut(sets);
  }

  /** Announces how far a run has come, at most about once a second and only when it has moved. */
  private void tell(ItemSets.Found set) {
    ItemStatistics now = decisions.statistics(set.id());
    Told before = told.get(set.id());
    boolean moved = before == null ? now.ended() > 0 : !before.statistics.equals(now);
    if (moved && (before == null || System.nanoTime() - before.nanos >= PROGRESS_NANOS / 2)) {
      told.put(set.id(), new Told(System.nanoTime(), now));
      decisions.progress(set, now);
    }
  }
}
