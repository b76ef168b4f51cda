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

  /** Locks some items, in the order of their ids. */
  public static void lock(Session session, Collection<ItemId> items) {
    found(session, items, " order by n for update");
  }

  /** Returns those of some items that there are. */
  public static Set<ItemId> existing(Session session, Collection<ItemId> items) {
    return found(session, items, "");
  }

  private static Set<ItemId> found(Session session, Collection<ItemId> items, String rest) {
    Map<Long, List<Long>> numbers = new TreeMap<>();
    items.forEach(
        id -> numbers.computeIfAbsent(id.set(), set -> new ArrayList<>()).add(id.number()));
    Set<ItemId> found = new HashSet<>();
    numbers.forEach(
        (set, of) ->
            found.addAll(
                session.list(
                    "select n from sk_item where app = ? and item_set = ? and n = any(?)" + rest,
                    row -> new ItemId(set, row.big(1)),
                    session.app(),
                    set,
                    of)));
    return found;
  }
}
