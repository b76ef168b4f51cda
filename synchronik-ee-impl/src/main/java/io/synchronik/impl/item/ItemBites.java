package io.synchronik.impl.item;

import io.synchronik.event.ItemsReset;
import io.synchronik.impl.item.add.ItemSignals;
import io.synchronik.impl.item.claim.ItemSlots;
import io.synchronik.impl.store.item.FailedItems;
import io.synchronik.impl.store.item.ItemControl;
import io.synchronik.impl.store.item.ItemCounts;
import io.synchronik.impl.store.item.ItemCounts.Counter;
import io.synchronik.impl.store.item.ItemPicks;
import io.synchronik.impl.store.item.ItemSets;
import io.synchronik.impl.store.item.OpenItems;
import io.synchronik.impl.tx.Failures;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.Core;
import io.synchronik.item.ItemNotice;
import io.synchronik.item.ItemState;
import io.synchronik.item.ItemStatistics;
import io.synchronik.run.Failure;
import io.synchronik.run.ItemId;
import io.synchronik.run.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Many items of many runs, tried again or withdrawn some at a time. Locks sets, together with
 * others, then items; waits for nobody.
 */
public final class ItemBites {
  private static final int SETS = 100;

  private final Core core;
  private final ItemSlots slots;
  private final ItemSignals signals;
  private final ItemSets sets = new ItemSets();
  private final FailedItems failed = new FailedItems();
  private final OpenItems open = new OpenItems();
  private final ItemPicks picks = new ItemPicks();
  private final ItemControl items = new ItemControl();

  public ItemBites(Core core, ItemSlots slots, EngineItemSignals signals) {
    this.core = core;
    this.slots = slots;
    this.signals = signals;
  }

  /**
   * Which items are meant, of runs that go on.
   *
   * @param ids only these, empty for all
   * @param run only those of this run, null for all
   * @param unit only those of runs of this unit, null for all
   * @param kind of failures
   */
  public record Which(
      Set<ItemId> ids, @Nullable String run, @Nullable String unit, FailedItems.Kind kind) {}

  /**
   * What is meant to be done to which items.
   *
   * @param again whether they are to be tried again; else they are to be withdrawn
   * @param which items
   * @param by only those that had failed by then
   */
  public record Meant(boolean again, Which which, Instant by) {}

  /**
   * What came of some items.
   *
   * @param done to how many of each set it was done
   * @param skipped how many have changed
   * @param held those that somebody else holds
   */
  public record Bitten(Map<Long, Long> done, int skipped, List<ItemId> held) {}

  /** Returns how many there are. */
  public long count(Tx tx, Meant meant) {
    long count = 0;
    List<Long> some = setsFrom(tx, meant, 0);
    while (!some.isEmpty()) {
      for (long set : some) {
        count += count(tx, meant, set);
      }
      some = some.size() < SETS ? List.of() : setsFrom(tx, meant, some.get(SETS - 1) + 1);
    }
    return count;
  }

  private long count(Tx tx, Meant meant, long set) {
    if (!meant.which.ids.isEmpty()) {
      return named(tx, meant, set).size();
    }
    FailedItems.Kind kind = meant.which.kind;
    if (meant.again) {
      return failed.count(tx.session(), new FailedItems.Failed(set, kind, 0, meant.by));
    }
    if (kind.equals(FailedItems.Kind.ALL)) {
      ItemStatistics all = ItemCounts.sum(tx.session(), set);
      return all.initialized() + all.started();
    }
    return open.count(tx.session(), set, kind);
  }

  private List<Long> setsFrom(Tx tx, Meant meant, long from) {
    Which which = meant.which;
    if (!which.ids.isEmpty()) {
      return which.ids.stream()
          .map(ItemId::set)
          .filter(set -> set >= from)
          .distinct()
          .sorted()
          .flatMap(set -> sets.find(tx.session(), set).stream())
          .filter(set -> isMeant(which, set))
          .map(ItemSets.Found::id)
          .limit(SETS)
          .toList();
    }
    if (which.run == null) {
      return sets.liveFrom(tx.session(), which.unit, from, SETS);
    }
    return sets.ofRun(tx.session(), which.run)
        .filter(set -> set.id() >= from && isMeant(which, set))
        .map(set -> List.of(set.id()))
        .orElseGet(List::of);
  }

  private static boolean isMeant(Which which, ItemSets.Found set) {
    return !set.ended()
        && (which.run == null || which.run.equals(set.run()))
        && (which.unit == null || which.unit.equals(set.unit()));
  }

  /** Returns the first items behind one, in the order of their ids. */
  public List<ItemId> behind(Tx tx, Meant meant, @Nullable ItemId after, int limit) {
    List<ItemId> found = new ArrayList<>();
    long from = after == null ? 0 : after.set();
    List<Long> some = setsFrom(tx, meant, from);
    while (!some.isEmpty() && found.size() < limit) {
      for (long set : some) {
        if (found.size() < limit) {
          long behind = after != null && set == after.set() ? after.number() : 0;
          numbers(tx, meant, set, behind, limit - found.size())
              .forEach(number -> found.add(new ItemId(set, number)));
        }
      }
      some = some.size() < SETS ? List.of() : setsFrom(tx, meant, some.get(SETS - 1) + 1);
    }
    return found;
  }

  private List<Long> numbers(Tx tx, Meant meant, long set, long behind, int limit) {
    if (!meant.which.ids.isEmpty()) {
      return named(tx, meant, set).stream().filter(n -> n > behind).limit(limit).toList();
    }
    FailedItems.Kind kind = meant.which.kind;
    return meant.again
        ? failed.numbers(tx.session(), new FailedItems.Failed(set, kind, behind, meant.by), limit)
        : open.behind(tx.session(), set, kind, behind, limit);
  }

  /** Of those that were named, which are few, in the order of their numbers. */
  private List<Long> named(Tx tx, Meant meant, long set) {
    List<Long> numbers =
        meant.which.ids.stream().filter(id -> id.set() == set).map(ItemId::number).toList();
    return picks.fitting(
        tx.session(),
        set,
        numbers,
        new ItemPicks.Fitting(meant.again ? meant.by : null, meant.which.kind));
  }

  /**
   * Tries those of some items again, or withdraws them, that are still as they were found.
   *
   * @param why they are withdrawn
   */
  public Bitten bite(Tx tx, Meant meant, Collection<ItemId> ids, String why) {
    Map<Long, Set<Long>> bySet = new TreeMap<>();
    ids.forEach(id -> bySet.computeIfAbsent(id.set(), set -> new TreeSet<>()).add(id.number()));
    Map<Long, Long> done = new TreeMap<>();
    List<ItemId> held = new ArrayList<>();
    ItemCounts counts = new ItemCounts();
    int skipped = 0;
    for (Map.Entry<Long, Set<Long>> one : bySet.entrySet()) {
      long set = one.getKey();
      Optional<ItemSets.Found> shared = sets.tryShare(tx.session(), set);
      if (shared.isEmpty() && sets.find(tx.session(), set).isPresent()) {
        one.getValue().forEach(number -> held.add(new ItemId(set, number)));
        continue;
      }
      if (shared.isEmpty() || shared.get().ended()) {
        skipped += one.getValue().size();
        continue;
      }
      List<ItemPicks.Held> locked = picks.lockFree(tx.session(), set, one.getValue());
      Set<Long> others = others(tx, set, one.getValue(), locked);
      others.forEach(number -> held.add(new ItemId(set, number)));
      List<ItemControl.Held> fitting =
          locked.stream().filter(item -> fits(meant, item)).map(ItemPicks.Held::item).toList();
      skipped += one.getValue().size() - others.size() - fitting.size();
      if (!fitting.isEmpty()) {
        done.put(set, (long) fitting.size());
        if (meant.again) {
          reset(tx, shared.get(), fitting, counts);
        } else {
          withdraw(tx, shared.get(), fitting, counts, why);
        }
      }
    }
    counts.write(tx.session(), slots.of(tx));
    return new Bitten(done, skipped, held);
  }

  /** Those that exist and are not among the locked ones. */
  private Set<Long> others(Tx tx, long set, Set<Long> wanted, List<ItemPicks.Held> locked) {
    Set<Long> others = new HashSet<>(wanted);
    locked.forEach(item -> others.remove(item.item().id().number()));
    if (!others.isEmpty()) {
      others.retainAll(picks.existing(tx.session(), set, List.copyOf(others)));
    }
    return others;
  }

  private static boolean fits(Meant meant, ItemPicks.Held held) {
    ItemState state = held.item().publicState();
    Instant ended = held.endedAt();
    return meant.again
        ? state == ItemState.FAILED && ended != null && !ended.isAfter(meant.by)
        : !state.isFinal();
  }

  private static List<Long> numbers(List<ItemControl.Held> held) {
    return held.stream().map(item -> item.id().number()).sorted().toList();
  }

  private void reset(
      Tx tx, ItemSets.Found set, List<ItemControl.Held> failedOnes, ItemCounts counts) {
    items.resetAll(tx.session(), set.id(), numbers(failedOnes));
    counts.move(set.id(), Counter.FAILED, Counter.INITIALIZED, failedOnes.size());
    if (!set.entry().manual()) {
      tx.afterCommit(() -> signals.ready(set.id()));
    }
    tx.afterCommit(() -> signals.moved(set.id()));
  }

  private void withdraw(
      Tx tx, ItemSets.Found set, List<ItemControl.Held> openOnes, ItemCounts counts, String by) {
    Failure why = Failures.told("Canceled", by);
    items.cancelAll(tx.session(), set.id(), numbers(openOnes), why, tx.now());
    for (ItemControl.Held item : openOnes) {
      boolean started = item.publicState() == ItemState.STARTED;
      counts.move(set.id(), started ? Counter.STARTED : Counter.INITIALIZED, Counter.CANCELED, 1);
      if (started) {
        tx.afterCommit(() -> signals.withdrawn(item.id(), by));
      }
      ItemNotice notice =
          new ItemNotice(item.id(), new RunId(set.run()), item.key(), item.attempt(), why);
      tx.afterCommit(() -> signals.canceled(set.unit(), notice));
    }
    tx.afterCommit(() -> signals.moved(set.id()));
  }

  /** Tells that items of a set were put back together, however many bites it took. */
  public void announce(Tx tx, long set, long done, FailedItems.Kind kind) {
    sets.find(tx.session(), set)
        .ifPresent(
            found ->
                core.journal()
                    .add(
                        tx,
                        found.unit(),
                        found.run(),
                        origin -> new ItemsReset(origin, done, kind.text(), kind.group())));
  }
}
