package io.synchronik.impl.item.add;

import io.synchronik.impl.item.claim.ItemSlots;
import io.synchronik.impl.settings.DurationText;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.Times;
import io.synchronik.impl.store.item.ItemCounts;
import io.synchronik.impl.store.item.ItemSets;
import io.synchronik.impl.store.item.KeptKeys;
import io.synchronik.impl.store.item.NewItems;
import io.synchronik.impl.tx.Json;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.RegisteredWorker;
import io.synchronik.impl.unit.Registry;
import io.synchronik.item.DuplicateItemException;
import io.synchronik.item.NewItem;
import io.synchronik.run.ItemId;
import io.synchronik.run.WrongStateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes new items, in the transaction of whoever adds them. */
public final class ItemAdditions {
  /** Who adds. */
  public enum Source {
    /** Somebody outside: a key that is there already is an error. */
    OUTSIDE,
    /** The work, which may be repeated: a key that is there already is passed over. */
    WORK
  }

  /** An item with its payload as JSON. */
  public record Written(NewItem<?> item, @Nullable String payload) {}

  /**
   * What came of adding items.
   *
   * @param ids of those that were added, in their order
   * @param repeated how many were passed over because items of other runs have their keys
   */
  public record Added(List<ItemId> ids, int repeated) {}

  private final Json json;
  private final Registry registry;
  private final ItemSlots slots;
  private final ItemSignals signals;
  private final NewItems store = new NewItems();
  private final KeptKeys kept = new KeptKeys();
  private long next;
  private long last = -1;

  public ItemAdditions(Json json, Registry registry, ItemSlots slots, ItemSignals signals) {
    this.json = json;
    this.registry = registry;
    this.slots = slots;
    this.signals = signals;
  }

  /** Writes the payload as JSON, with the limit on its size. */
  public Written written(NewItem<?> item) {
    Times.check("dueAt", item.dueAt());
    Times.check("deadline", item.deadline());
    return new Written(item, json.write("The payload of an item", item.payload()));
  }

  /** Returns for how long keys of a worker's items are unique beyond their run; null for not. */
  @Nullable Duration uniqueFor(String unit) {
    RegisteredWorker worker = registry.worker(unit);
    return worker == null ? null : registry.config(worker).uniqueFor();
  }

  /**
   * Adds items to a set that the transaction holds.
   *
   * @param enumeration fence of the attempt that adds them, 0 for others
   * @throws KeptKeys.Held if somebody is adding an item with one of the keys to another run
   */
  public Added add(
      Tx tx, ItemSets.Found set, long enumeration, List<Written> items, Source source) {
    if (set.ended()) {
      throw new WrongStateException(Message.ITEMS_CLOSED.with(set.run()));
    }
    List<Fresh> fresh = fresh(tx, set, items, source);
    Set<String> others = keptByOthers(tx, set, fresh, source);
    List<ItemId> ids = new ArrayList<>(fresh.size());
    List<NewItems.New> rows = new ArrayList<>(fresh.size());
    for (Fresh one : fresh) {
      String key = one.item.item.key();
      if (key == null || !others.contains(key)) {
        ids.add(one.id);
        rows.add(one.row());
      }
    }
    store.insert(tx.session(), set.id(), enumeration, rows, tx.now());
    new ItemCounts()
        .add(set.id(), ItemCounts.Counter.INITIALIZED, rows.size())
        .write(tx.session(), slots.of(tx));
    if (!rows.isEmpty()) {
      long n = rows.get(0).n();
      tx.mark(session -> store.insertAgain(session, set.id(), n, tx.now()));
    }
    tx.afterCommit(() -> signals.added(set, rows));
    return new Added(ids, others.size());
  }

  /** An item whose key its set has not. */
  private record Fresh(Written item, ItemId id) {
    NewItems.New row() {
      NewItem<?> asked = item.item;
      return new NewItems.New(
          id.number(),
          item.payload,
          asked.key(),
          asked.mutex(),
          asked.priority(),
          new NewItems.Times(asked.dueAt(), asked.deadline()));
    }
  }

  private List<Fresh> fresh(Tx tx, ItemSets.Found set, List<Written> items, Source source) {
    List<Fresh> fresh = new ArrayList<>(items.size());
    Set<String> taken = taken(tx, set, items);
    for (Written one : items) {
      String key = one.item.key();
      if (key == null || taken.add(key)) {
        fresh.add(new Fresh(one, new ItemId(set.id(), nextNumber(tx))));
      } else if (source == Source.OUTSIDE) {
        throw new DuplicateItemException(Message.DUPLICATE_ITEM.with(set.run(), key));
      }
    }
    return fresh;
  }

  /** Takes the keys of new items where they are unique beyond the run; returns those of others. */
  private Set<String> keptByOthers(Tx tx, ItemSets.Found set, List<Fresh> fresh, Source source) {
    Duration uniqueFor = uniqueFor(set.unit());
    if (uniqueFor == null) {
      return Set.of();
    }
    SortedMap<String, ItemId> wanted = new TreeMap<>();
    for (Fresh one : fresh) {
      String key = one.item.item.key();
      if (key != null) {
        wanted.put(key, one.id);
      }
    }
    Set<String> others =
        kept.take(
            tx.session(),
            new KeptKeys.Taker(set.unit(), tx.now(), tx.now().plus(uniqueFor)),
            wanted);
    if (source == Source.OUTSIDE && !others.isEmpty()) {
      throw new DuplicateItemException(
          Message.KEPT_ITEM.with(
              set.run(), others.iterator().next(), set.unit(), DurationText.write(uniqueFor)));
    }
    return others;
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
      last = next + NewItems.BLOCK - 1;
    }
    return next++;
  }
}
