package io.synchronik.impl.item;

import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.Times;
import io.synchronik.impl.store.item.ItemCounts;
import io.synchronik.impl.store.item.ItemSets;
import io.synchronik.impl.store.item.ItemStore;
import io.synchronik.impl.tx.Json;
import io.synchronik.impl.tx.Tx;
import io.synchronik.item.DuplicateItemException;
import io.synchronik.item.NewItem;
import io.synchronik.run.ItemId;
import io.synchronik.run.WrongStateException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes new items, in the transaction of whoever adds them. */
public final class ItemAdditions {
  /** Who adds. */
  enum Source {
    /** Somebody outside: a key that is there already is an error. */
    OUTSIDE,
    /** The work, which may be repeated: a key that is there already is passed over. */
    WORK
  }

  /** An item with its payload as JSON. */
  record Written(NewItem<?> item, @Nullable String payload) {}

  private final Json json;
  private final ItemSlots slots;
  private final ItemSignals signals;
  private final ItemStore store = new ItemStore();
  private long next;
  private long last = -1;

  public ItemAdditions(Json json, ItemSlots slots, ItemSignals signals) {
    this.json = json;
    this.slots = slots;
    this.signals = signals;
  }

  /** Writes the payload as JSON, with the limit on its size. */
  Written written(NewItem<?> item) {
    Times.check("dueAt", item.dueAt());
    Times.check("deadline", item.deadline());
    return new Written(item, json.write("The payload of an item", item.payload()));
  }

  /**
   * Adds items to a set that the transaction holds.
   *
   * @param enumeration fence of the attempt that adds them, 0 for others
   * @return their ids in order; those that were passed over have none
   */
  List<ItemId> add(
      Tx tx, ItemSets.Found set, long enumeration, List<Written> items, Source source) {
    if (set.ended()) {
      throw new WrongStateException(Message.ITEMS_CLOSED.with(set.run()));
    }
    List<ItemId> ids = new ArrayList<>(items.size());
    List<ItemStore.New> rows = new ArrayList<>(items.size());
    Set<String> taken = taken(tx, set, items);
    for (Written one : items) {
      NewItem<?> item = one.item;
      if (item.key() != null && !taken.add(item.key())) {
        if (source == Source.OUTSIDE) {
          throw new DuplicateItemException(Message.DUPLICATE_ITEM.with(set.run(), item.key()));
        }
      } else {
        ItemId id = new ItemId(set.id(), nextNumber(tx));
        ids.add(id);
        rows.add(
            new ItemStore.New(
                id.number(),
                one.payload,
                item.key(),
                item.mutex(),
                item.priority(),
                new ItemStore.Times(item.dueAt(), item.deadline())));
      }
    }
    store.insert(tx.session(), set.id(), enumeration, rows, tx.now());
    new ItemCounts()
        .add(set.id(), ItemCounts.Counter.INITIALIZED, rows.size())
        .write(tx.session(), slots.of(tx));
    tx.afterCommit(() -> signals.added(set, rows));
    return ids;
  }

  private Set<String> taken(Tx tx, ItemSets.Found set, Collection<Written> items) {
    return new HashSet<>(store.keys(tx.session(), set.id(), keys(items)));
  }

  /** Returns the keys of those that have one. */
  static List<String> keys(Collection<Written> items) {
    List<String> keys = new ArrayList<>();
    for (Written one : items) {
      if (one.item.key() != null) {
        keys.add(one.item.key());
      }
    }
    return keys;
  }

  private synchronized long nextNumber(Tx tx) {
    if (next > last) {
      next = store.nextBlock(tx.session());
      last = next + ItemStore.BLOCK - 1;
    }
    return next++;
  }
}
