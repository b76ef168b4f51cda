package io.synchronik.impl.item;

import io.synchronik.event.ItemChanged;
import io.synchronik.impl.exec.EngineThreads;
import io.synchronik.impl.exec.Lane;
import io.synchronik.impl.item.claim.ItemSlice;
import io.synchronik.impl.item.claim.ItemSlots;
import io.synchronik.impl.journal.Journal;
import io.synchronik.impl.lifecycle.AttemptEnd;
import io.synchronik.impl.lifecycle.RunChange;
import io.synchronik.impl.lifecycle.RunLifecycle;
import io.synchronik.impl.store.item.ItemCounts;
import io.synchronik.impl.store.item.ItemCounts.Counter;
import io.synchronik.impl.store.item.ItemLocks;
import io.synchronik.impl.store.item.ItemStore;
import io.synchronik.impl.store.jdbc.StoreException;
import io.synchronik.impl.tx.Failures;
import io.synchronik.impl.tx.Transactions;
import io.synchronik.impl.tx.Tx;
import io.synchronik.run.Failure;
import io.synchronik.run.ItemId;
import io.synchronik.run.RunState;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Records how attempts of items ended: those of plain work grouped, as many as are there, in one
 * transaction; those of transactional work inside their own. Locks items by id, then counters.
 */
final class ItemEnds {
  /**
   * An attempt that ended.
   *
   * @param run what the items of the set have in common
   * @param item the item
   * @param end how
   */
  record Ended(ItemSlice.ItemRun run, ItemStore.Owned item, AttemptEnd end) {}

  /** What follows the commit of ends; only signals. */
  interface Followers {
    /** Ends have been committed. */
    void applied(List<Applied> applied);

    /** Ends came with old fences and changed nothing. */
    void rejected(List<Ended> rejected);
  }

  /**
   * An end that was committed.
   *
   * @param ended the attempt
   * @param change what became of the item
   */
  record Applied(Ended ended, RunChange change) {}

  private static final Logger LOG = System.getLogger(ItemEnds.class.getName());
  private static final int MOST_SLICES = 64;
  private static final int MOST_GROUPED = 1000;

  private final Transactions transactions;
  private final Journal journal;
  private final ItemSlots slots;
  private final Followers followers;
  private final ItemStore store = new ItemStore();

  /** Counters that are known to be there. */
  private final Set<Counters> counted = ConcurrentHashMap.newKeySet();

  private record Counters(long set, int slot) {}

  /** Items that somebody held in the last round; used by the lane's thread. */
  private final Set<ItemId> held = new HashSet<>();

  private final Lane<List<Ended>> lane =
      Lane.ofThings("recording ends of items", MOST_SLICES, this::record);

  ItemEnds(Transactions transactions, Journal journal, ItemSlots slots, Followers followers) {
    this.transactions = transactions;
    this.journal = journal;
    this.slots = slots;
    this.followers = followers;
  }

  void start(EngineThreads threads) {
    threads.start("item-ends", lane);
  }

  /** Records what is queued and ends. */
  boolean stop(Duration atMost) {
    return lane.close(atMost);
  }

  void offer(List<Ended> ended) {
    if (!ended.isEmpty()) {
      lane.offer(ended);
    }
  }

  /** Returns ends of items that somebody else holds. */
  private List<List<Ended>> record(List<List<Ended>> slices) {
    List<Ended> all = new ArrayList<>();
    slices.forEach(all::addAll);
    all.sort(Comparator.comparing(ended -> ended.item.id()));
    List<Ended> left = new ArrayList<>();
    for (int from = 0; from < all.size(); from += MOST_GROUPED) {
      left.addAll(recordGroup(all.subList(from, Math.min(all.size(), from + MOST_GROUPED))));
    }
    held.clear();
    left.forEach(ended -> held.add(ended.item.id()));
    return left.isEmpty() ? List.of() : List.of(left);
  }

  private List<Ended> recordGroup(List<Ended> group) {
    try {
      return applied(group);
    } catch (RuntimeException | Error e) {
      if (StoreException.isOutage(e)) {
        throw e;
      }
      // After a failed commit some may stand already; what stands is not applied again
      if (group.size() == 1) {
        if (!StoreException.isAboutData(e) || group.get(0).end instanceof AttemptEnd.Failed) {
          throw e;
        }
        return recordAsFailed(group.get(0), e);
      }
      LOG.log(Level.WARNING, "A group of ends failed and is recorded one by one", e);
      List<Ended> left = new ArrayList<>();
      group.forEach(one -> left.addAll(recordGroup(List.of(one))));
      return left;
    }
  }

  /** What somebody was seen to hold is not waited for again. */
  private List<Ended> applied(List<Ended> group) {
    if (group.stream().noneMatch(ended -> held.contains(ended.item.id()))) {
      try {
        transactions.briefly(tx -> apply(tx, group));
        return List.of();
      } catch (RuntimeException | Error e) {
        if (!StoreException.isLocked(e)) {
          throw e;
        }
      }
    }
    return transactions.briefly(tx -> applyFree(tx, group));
  }

  private List<Ended> applyFree(Tx tx, List<Ended> group) {
    List<ItemId> ids = group.stream().map(ended -> ended.item.id()).toList();
    Set<ItemId> others = ItemLocks.existing(tx.session(), ids);
    others.removeAll(ItemLocks.lockFree(tx.session(), ids));
    apply(tx, group.stream().filter(ended -> !others.contains(ended.item.id())).toList());
    return group.stream().filter(ended -> others.contains(ended.item.id())).toList();
  }

  /** What the database cannot store as a result ends as a failure; anything else is tried again. */
  private List<Ended> recordAsFailed(Ended ended, Throwable why) {
    LOG.log(Level.WARNING, "The database refuses the end of item " + ended.item.id(), why);
    Failure failure = Failures.refused(why);
    Ended failed = new Ended(ended.run, ended.item, new AttemptEnd.GivenUp(failure));
    return applied(List.of(failed)).isEmpty() ? List.of() : List.of(ended);
  }

  /**
   * Records ends in a transaction; returns whether all claims still own their items.
   *
   * @param ended ordered by the ids of their items
   */
  boolean apply(Tx tx, List<Ended> ended) {
    List<Applied> applied = new ArrayList<>(ended.size());
    for (Ended one : ended) {
      applied.add(new Applied(one, change(tx, one)));
    }
    boolean[] owned = write(tx, applied);
    List<Applied> came = new ArrayList<>(applied.size());
    List<Ended> rejected = new ArrayList<>();
    for (int i = 0; i < owned.length; i++) {
      if (owned[i]) {
        came.add(applied.get(i));
        announce(tx, applied.get(i));
      } else {
        rejected.add(ended.get(i));
      }
    }
    if (!came.isEmpty()) {
      tx.afterCommit(() -> followers.applied(came));
    }
    if (!rejected.isEmpty()) {
      tx.afterCommit(() -> followers.rejected(rejected));
    }
    return rejected.isEmpty();
  }

  private static RunChange change(Tx tx, Ended ended) {
    return RunLifecycle.after(
        ended.item.attempt(),
        ended.run.config().retry().maxRetries(),
        losses(ended),
        ended.end,
        tx.now());
  }

  private static int losses(Ended ended) {
    return ended.item.losses() + (ended.end instanceof AttemptEnd.Lost ? 1 : 0);
  }

  private boolean[] write(Tx tx, List<Applied> all) {
    if (all.isEmpty()) {
      return new boolean[0];
    }
    if (all.size() == 1 && all.get(0).change.state() == RunState.COMPLETED) {
      return new boolean[] {completeOne(tx, done(all.get(0)))};
    }
    List<Integer> completed = new ArrayList<>();
    List<Integer> others = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      (all.get(i).change.state() == RunState.COMPLETED ? completed : others).add(i);
    }
    if (!completed.isEmpty() && !others.isEmpty()) {
      // Two statements would take them in two turns, crosswise with whoever waits for all of them
      ItemLocks.lock(tx.session(), all.stream().map(one -> one.ended.item.id()).toList());
    }
    boolean[] owned = new boolean[all.size()];
    scatter(
        owned,
        completed,
        store.completeIfOwned(
            tx.session(), completed.stream().map(i -> done(all.get(i))).toList(), tx.now()));
    scatter(
        owned,
        others,
        store.changeIfOwned(
            tx.session(), others.stream().map(i -> undone(tx, all.get(i))).toList(), tx.now()));
    ItemCounts counts = new ItemCounts();
    for (int i = 0; i < owned.length; i++) {
      if (owned[i]) {
        Applied one = all.get(i);
        counts.move(one.ended.item.id().set(), Counter.STARTED, counter(one.change.state()), 1);
      }
    }
    counts.write(tx.session(), slots.of(tx));
    return owned;
  }

  private boolean completeOne(Tx tx, ItemStore.Done item) {
    int slot = slots.of(tx);
    Counters counters = new Counters(item.id().set(), slot);
    boolean done =
        store.completeOneIfOwned(tx.session(), item, slot, counted.contains(counters), tx.now());
    if (done) {
      tx.afterCommit(() -> counted.add(counters));
    }
    return done;
  }

  /** Counters of runs that have ended are not needed again. */
  void forget(long set) {
    counted.removeIf(counters -> counters.set == set);
  }

  private static void scatter(boolean[] into, List<Integer> places, boolean[] values) {
    for (int i = 0; i < values.length; i++) {
      into[places.get(i)] = values[i];
    }
  }

  private static Counter counter(RunState state) {
    return switch (state) {
      case COMPLETED -> Counter.COMPLETED;
      case FAILED -> Counter.FAILED;
      case CANCELED -> Counter.CANCELED;
      default -> Counter.INITIALIZED;
    };
  }

  private static ItemStore.Done done(Applied one) {
    ItemStore.Owned item = one.ended.item;
    return new ItemStore.Done(item.id(), item.fence(), one.change.produced().result());
  }

  private static ItemStore.Undone undone(Tx tx, Applied one) {
    ItemStore.Owned item = one.ended.item;
    RunChange change = one.change;
    Instant due = change.dueAt();
    boolean waits = due != null && due.isAfter(tx.now());
    String state =
        switch (change.state()) {
          case FAILED -> "failed";
          case CANCELED -> "canceled";
          default -> waits ? "waiting" : "ready";
        };
    return new ItemStore.Undone(
        item.id(),
        item.fence(),
        state,
        change.attempt(),
        losses(one.ended),
        waits ? due : null,
        change.failure());
  }

  private void announce(Tx tx, Applied one) {
    ItemChanged.Change change =
        switch (one.change.state()) {
          case FAILED -> ItemChanged.Change.FAILED;
          case WAITING -> ItemChanged.Change.RETRIED;
          default -> null;
        };
    if (change != null) {
      announce(tx, one.ended.run, one.ended.item.id(), change, one.change);
    }
  }

  private void announce(
      Tx tx, ItemSlice.ItemRun run, ItemId item, ItemChanged.Change change, RunChange became) {
    journal.add(
        tx,
        run.worker().id().value(),
        run.run(),
        origin -> new ItemChanged(origin, item, change, became.attempt(), became.failure()));
  }

  /** Returns when the next attempt is due; null when none is, or at once. */
  static @Nullable Instant dueAt(Applied one) {
    return one.change.dueAt();
  }
}
