package io.synchronik.impl.item.claim;

import io.synchronik.impl.store.item.ItemStore;
import io.synchronik.run.ItemId;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The claims of this node, from soon after their commit to the commit of their end. */
final class HeldItems {
  /** The fences of the claims. */
  private final Map<ItemId, Long> fences = new ConcurrentHashMap<>();

  /** How many of them each set has. */
  private final Map<Long, Integer> sets = new ConcurrentHashMap<>();

  /** Holds all of some, or none of them when it fails: these are found as lost. */
  void hold(Collection<ItemStore.Owned> items) {
    boolean done = false;
    try {
      for (ItemStore.Owned item : items) {
        if (fences.put(item.id(), item.fence()) == null) {
          sets.merge(item.id().set(), 1, Integer::sum);
        }
      }
      done = true;
    } finally {
      if (!done) {
        items.forEach(this::settled);
      }
    }
  }

  /** The end of a claim is recorded, or refused. */
  void settled(ItemStore.Owned item) {
    if (fences.remove(item.id(), item.fence())) {
      sets.computeIfPresent(item.id().set(), (set, count) -> count == 1 ? null : count - 1);
    }
  }

  boolean holds(ItemStore.Owned item) {
    return Long.valueOf(item.fence()).equals(fences.get(item.id()));
  }

  boolean holdsOf(long set) {
    return sets.containsKey(set);
  }

  /** Returns the sets of which items are held. */
  Set<Long> sets() {
    return Set.copyOf(sets.keySet());
  }

  int size() {
    return fences.size();
  }
}
