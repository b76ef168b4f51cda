package io.synchronik.impl.item.claim;

import io.synchronik.impl.exec.CallPace;
import io.synchronik.impl.store.item.ItemMutexes;
import io.synchronik.impl.store.item.ItemSets;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.ItemShape;
import io.synchronik.impl.unit.RegisteredWorker;
import io.synchronik.worker.ItemLimits;
import io.synchronik.worker.WorkerConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The sets whose items this node can work on, and how they share what is free, so that a large run
 * does not starve a small one. Used by the thread that claims.
 */
final class ActiveSets {
  /** So long it is believed that somebody holds items of a set. */
  private static final long HELD_NANOS = 1_000_000_000;

  private final Core core;
  private final CallPace pace;
  private final ItemPermits permits;
  private final ItemSets sets = new ItemSets();
  private final ItemMutexes mutexes = new ItemMutexes();
  private Map<Long, Active> active = new TreeMap<>();
  private int turn;

  ActiveSets(Core core, CallPace pace, ItemPermits permits) {
    this.core = core;
    this.pace = pace;
    this.permits = permits;
  }

  /** A set. */
  static final class Active {
    private final ItemSlice.ItemRun run;
    private final boolean mutexes;
    private boolean ready = true;
    private boolean full;
    private long heldNanos;
    private boolean held;

    private Active(ItemSlice.ItemRun run, boolean mutexes) {
      this.run = run;
      this.mutexes = mutexes;
    }

    ItemSlice.ItemRun run() {
      return run;
    }

    String unit() {
      return run.worker().id().value();
    }

    /** Returns whether its items are worked on with permits. */
    boolean limited() {
      return mutexes || !limits().isNone();
    }

    private ItemLimits limits() {
      return run.config().limits();
    }

    /** Somebody holds items of it. */
    void held() {
      held = true;
      heldNanos = System.nanoTime();
    }

    private boolean passesOver() {
      held &= System.nanoTime() - heldNanos < HELD_NANOS;
      return held;
    }

    /** Something may be claimed, and its limits allow it. */
    private boolean claimable() {
      return ready && !full;
    }
  }

  /** Reads which there are, with their configurations in force. */
  void reread() {
    Map<String, String> changes = core.transactions().own(tx -> sets.configurations(tx.session()));
    List<ItemSets.Found> found =
        core.transactions().own(tx -> sets.in(tx.session(), ItemSets.State.ACTIVE));
    Set<Long> withMutex = Set.copyOf(withMutex(found));
    Map<Long, Active> before = active;
    active = new TreeMap<>();
    for (ItemSets.Found set : found) {
      RegisteredWorker worker = core.registry().worker(set.unit());
      ItemShape shape = worker == null ? null : worker.target().items();
      if (!set.entry().manual() && worker != null && shape != null) {
        WorkerConfig config =
            core.registry().config(worker, changes.getOrDefault(set.unit(), "{}"));
        Active known = before.get(set.id());
        active.put(
            set.id(),
            new Active(
                new ItemSlice.ItemRun(set.id(), set.run(), worker, shape, config),
                withMutex.contains(set.id()) || (known != null && known.mutexes)));
      }
    }
  }

  private List<Long> withMutex(List<ItemSets.Found> found) {
    List<Long> ids = found.stream().map(ItemSets.Found::id).toList();
    return core.transactions().own(tx -> mutexes.among(tx.session(), ids));
  }

  /** Items of a set may be ready; returns whether it is known. */
  boolean ready(long set) {
    Active known = active.get(set);
    if (known != null) {
      known.ready = true;
    }
    return known != null;
  }

  /** Limited work has ended. */
  void released() {
    for (Active set : active.values()) {
      set.full = false;
      set.ready |= set.mutexes;
    }
  }

  /** Returns whether there is limited work that waits for others to end. */
  boolean waiting() {
    return active.values().stream().anyMatch(set -> set.ready && set.full);
  }

  /** Returns whether something may be claimed. */
  boolean claimable() {
    return active.values().stream().anyMatch(Active::claimable);
  }

  @Nullable Active get(long set) {
    return active.get(set);
  }

  /**
   * Shares what is free among the sets, beginning with another one each time.
   *
   * @param free threads
   * @param room for so many items
   */
  Map<Long, ItemClaims.Wanted> wanted(int free, int room) {
    List<Active> claimable = active.values().stream().filter(Active::claimable).toList();
    Map<Long, ItemClaims.Wanted> wanted = new LinkedHashMap<>();
    Map<String, Integer> given = new HashMap<>();
    int slicesLeft = free;
    int roomLeft = room;
    turn++;
    for (int i = 0; i < claimable.size() && slicesLeft > 0 && roomLeft > 0; i++) {
      Active set = claimable.get((i + turn) % claimable.size());
      int others = claimable.size() - i;
      int slices = Math.min(Math.max(1, slicesLeft / others), allowedHere(set, given));
      set.full = slices == 0;
      if (slices > 0) {
        int size = pace.calls(set.unit()) * Math.max(1, set.run.shape().chunk());
        int items = Math.min(slices * size, Math.max(1, roomLeft / others));
        wanted.put(
            set.run.set(),
            new ItemClaims.Wanted(
                set.run.set(), set.unit(), slices, size, items, overall(set), set.passesOver()));
        given.merge(set.unit(), slices, Integer::sum);
        slicesLeft -= slices;
        roomLeft -= items;
      }
    }
    return wanted;
  }

  private ItemClaims.Limits overall(Active set) {
    return ItemClaims.Limits.of(set.unit(), set.limits(), core.settings().work()::queue);
  }

  private int allowedHere(Active set, Map<String, Integer> given) {
    int most = set.limits().nodeConcurrency();
    int under = permits.slices(set.unit()) + given.getOrDefault(set.unit(), 0);
    return most == 0 ? Integer.MAX_VALUE : Math.max(0, most - under);
  }

  /** Mutexes of one set at a time, another one each time: of two they could be taken crosswise. */
  @Nullable Long withMutex(Collection<Long> wanted) {
    List<Long> of = new ArrayList<>();
    for (long id : wanted) {
      Active set = active.get(id);
      if (set != null && set.mutexes) {
        of.add(id);
      }
    }
    return of.isEmpty() ? null : of.get(turn % of.size());
  }

  /**
   * Notes what came of a set that something was wanted of.
   *
   * @param claim null for nothing
   * @param itsTurn whether those of its items were wanted too that have a mutex
   */
  void came(
      Active set, ItemClaims.Wanted wanted, ItemClaims.@Nullable Claim claim, boolean itsTurn) {
    boolean laterMore = set.mutexes && !itsTurn;
    set.ready = claim != null && (claim.more() || laterMore);
    set.full =
        claim != null
            && set.limited()
            && !laterMore
            && (claim.slices().size() < wanted.slices() || claim.again() != null);
  }
}
