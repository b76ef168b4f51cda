package io.synchronik.impl.item.claim;

import io.synchronik.impl.store.item.ItemStore;
import io.synchronik.impl.store.item.PermitStore;
import io.synchronik.impl.store.item.PermitStore.Permit;
import io.synchronik.impl.tx.Transactions;
import io.synchronik.run.ItemId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The permits that this node holds for slices of items whose worker or mutex is limited. They are
 * taken and given back by the one thread that claims; ends of items may be told by any.
 */
final class ItemPermits {
  private final Transactions transactions;
  private final PermitStore store = new PermitStore();
  private final Map<Claim, Hold> holds = new ConcurrentHashMap<>();
  private final Map<String, Integer> slices = new ConcurrentHashMap<>();

  /** All that is not given back yet; used by the thread that claims. */
  private final Set<Permit> taken = new HashSet<>();

  /** Permits whose items have all ended. */
  private final Queue<Permit> over = new ConcurrentLinkedQueue<>();

  /** One claim of an item. */
  private record Claim(ItemId item, long fence) {
    static Claim of(ItemStore.Owned item) {
      return new Claim(item.id(), item.fence());
    }
  }

  /** What a slice holds until the last of its items has ended. */
  private record Hold(String unit, List<Permit> permits, AtomicInteger left) {}

  ItemPermits(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Returns how many slices of a worker's items are held here. */
  int slices(String unit) {
    return slices.getOrDefault(unit, 0);
  }

  /** A slice of a worker was claimed, with its permits. */
  void hold(String unit, ItemClaims.Slice slice) {
    Hold hold = new Hold(unit, slice.permits(), new AtomicInteger(slice.items().size()));
    taken.addAll(slice.permits());
    slices.merge(unit, 1, Integer::sum);
    slice.items().forEach(item -> holds.put(Claim.of(item), hold));
  }

  /** A claim has ended; returns whether limited work can go on therefore. */
  boolean settled(ItemStore.Owned item) {
    Hold hold = holds.remove(Claim.of(item));
    if (hold == null || hold.left.decrementAndGet() > 0) {
      return false;
    }
    slices.computeIfPresent(hold.unit, (unit, count) -> count == 1 ? null : count - 1);
    over.addAll(hold.permits);
    return true;
  }

  /** Gives back what is over; returns how many permits. */
  int release() {
    List<Permit> released = List.copyOf(over);
    if (!released.isEmpty()) {
      release(released);
      // Not before: what is given back twice is nobody else's meanwhile
      released.forEach(over::remove);
    }
    return released.size();
  }

  private void release(List<Permit> permits) {
    transactions.own(
        tx -> {
          store.release(tx.session(), permits);
          return null;
        });
    taken.removeAll(Set.copyOf(permits));
  }

  /**
   * Gives back what is taken by the tables alone: the commit of its claim failed and came true all
   * the same.
   */
  void releaseUnknown(String incarnation) {
    List<Permit> unknown =
        transactions.own(tx -> store.of(tx.session(), incarnation)).stream()
            .filter(permit -> !taken.contains(permit))
            .toList();
    if (!unknown.isEmpty()) {
      release(unknown);
    }
  }
}
