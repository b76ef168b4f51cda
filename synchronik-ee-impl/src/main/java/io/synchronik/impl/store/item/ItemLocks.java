package io.synchronik.impl.store.item;

import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.run.ItemId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** {@code sk_item}: who holds which. */
public final class ItemLocks {
  private ItemLocks() {}

  /** Locks those of some items that nobody else holds, and returns them in their order. */
  static List<ItemStore.Owned> free(Session session, List<ItemStore.Owned> items) {
    Set<ItemId> free = lockFree(session, items.stream().map(ItemStore.Owned::id).toList());
    return items.stream().filter(item -> free.contains(item.id())).toList();
  }

  /** Locks those of some items that nobody else holds. */
  public static Set<ItemId> lockFree(Session session, Collection<ItemId> items) {
    return found(session, items, " for update skip locked");
  }

  /** Returns those of some items that there are. */
  public static Set<ItemId> existing(Session session, Collection<ItemId> items) {
    return found(session, items, "");
  }

  private static Set<ItemId> found(Session session, Collection<ItemId> items, String lock) {
    Map<Long, List<Long>> numbers = new TreeMap<>();
    items.forEach(
        id -> numbers.computeIfAbsent(id.set(), set -> new ArrayList<>()).add(id.number()));
    Set<ItemId> found = new HashSet<>();
    numbers.forEach(
        (set, of) ->
            found.addAll(
                session.list(
                    "select n from sk_item where app = ? and item_set = ? and n = any(?)" + lock,
                    row -> new ItemId(set, row.big(1)),
                    session.app(),
                    set,
                    of)));
    return found;
  }
}
