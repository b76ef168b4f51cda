package io.synchronik.impl.engine;

import io.synchronik.impl.store.ItemCounts;
import io.synchronik.impl.store.ItemSets;
import io.synchronik.impl.store.ItemStore;
import io.synchronik.impl.store.RunStore;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Claims ready items. Locks sets, together with others, then items, then counters. */
final class ItemClaims {
  private final ItemSlots slots;
  private final ItemSets sets = new ItemSets();
  private final ItemStore store = new ItemStore();

  ItemClaims(ItemSlots slots) {
    this.slots = slots;
  }

  List<ItemStore.Owned> claim(Tx tx, RunStore.Claimer claimer, List<ItemStore.Wanted> wanted) {
    Set<Long> active =
        new HashSet<>(
            sets.shareActive(
                tx.session(), wanted.stream().map(ItemStore.Wanted::set).sorted().toList()));
    List<ItemStore.Owned> claimed =
        store.claim(
            tx.session(),
            claimer,
            wanted.stream().filter(want -> active.contains(want.set())).toList(),
            tx.now());
    ItemCounts counts = new ItemCounts();
    for (ItemStore.Owned item : claimed) {
      counts.move(item.id().set(), ItemCounts.Counter.INITIALIZED, ItemCounts.Counter.STARTED, 1);
    }
    counts.write(tx.session(), slots.mine());
    return claimed;
  }
}
