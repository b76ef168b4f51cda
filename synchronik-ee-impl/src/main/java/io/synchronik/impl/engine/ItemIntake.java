package io.synchronik.impl.engine;

import io.synchronik.impl.store.ItemControl;
import io.synchronik.impl.store.ItemSets;
import io.synchronik.impl.store.ItemStore;
import io.synchronik.impl.store.RunStore;
import io.synchronik.run.ItemId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of a node that claims items, in batches, for as many threads as are free or will
 * be in a moment. Sets that have ready items share what is free, so that a large run does not
 * starve a small one.
 */
final class ItemIntake {
  /** Something to look at. */
  private sealed interface Signal {
    /** Items of a set may be ready. */
    record Ready(long set) implements Signal {}

    /** Threads are free, or a look at all sets is due. */
    record Look(boolean all) implements Signal {}
  }

  private static final Logger LOG = System.getLogger(ItemIntake.class.getName());
  private static final int MOST_PER_THREAD = 192;
  private static final int MOST_CLAIMED = 1000;
  private static final int MOST_PROMOTED = 1000;
  private static final Duration SPLIT_AFTER = Duration.ofMillis(500);

  private final Core core;
  private final NodeLease lease;
  private final Dispatcher dispatcher;
  private final Intake runs;
  private final ItemClaims claims;
  private final ItemPace pace;
  private final ItemSets sets = new ItemSets();
  private final ItemControl control = new ItemControl(json -> null);
  private final Lane<Signal> lane = new Lane<>("claiming items", 10_000, this::handle);

  /** Sets whose items this node can work on; used by the lane's thread alone. */
  private final Map<Long, Active> active = new TreeMap<>();

  /** Claims between their commit and the commit of their end, with their fences. */
  private final Map<ItemId, Long> held = new ConcurrentHashMap<>();

  /** How many of them each set has. */
  private final Map<Long, Integer> heldOf = new ConcurrentHashMap<>();

  /** What was changed at runtime of their workers; used by the lane's thread alone. */
  private Map<String, String> changes = Map.of();

  private final AtomicBoolean looks = new AtomicBoolean();
  private volatile boolean backlog;
  private volatile boolean open;
  private int turn;

  /** A set, and whether it may have ready items. */
  private static final class Active {
    private final ItemSets.Found set;
    private boolean ready = true;

    Active(ItemSets.Found set) {
      this.set = set;
    }
  }

  ItemIntake(
      Core core,
      NodeLease lease,
      Dispatcher dispatcher,
      Intake runs,
      ItemClaims claims,
      ItemPace pace) {
    this.core = core;
    this.lease = lease;
    this.dispatcher = dispatcher;
    this.runs = runs;
    this.claims = claims;
    this.pace = pace;
  }

  void start(EngineThreads threads) {
    open = true;
    threads.start("item-intake", lane::work);
  }

  /** Claims nothing any more; a batch in progress is finished. */
  void stop(Duration atMost) {
    open = false;
    lane.close(atMost);
  }

  /** Items of a set may be ready. */
  void ready(long set) {
    if (open) {
      lane.offer(new Signal.Ready(set));
    }
  }

  /** Items of a set become ready at a time of the database. */
  void readyAt(Instant due) {
    runs.later(due, this::refresh);
  }

  /** A thread or room for claims has become free. */
  void slotFreed() {
    if (open && backlog && looks.compareAndSet(false, true)) {
      lane.offer(new Signal.Look(false));
    }
  }

  /** Looks at all sets, and for items whose time has come. */
  void refresh() {
    if (open) {
      lane.offer(new Signal.Look(true));
    }
  }

  private void hold(ItemStore.Owned item) {
    if (held.put(item.id(), item.fence()) == null) {
      heldOf.merge(item.id().set(), 1, Integer::sum);
    }
  }

  /** The end of a claim is recorded, or refused. */
  void settled(ItemStore.Owned item) {
    if (held.remove(item.id(), item.fence())) {
      heldOf.computeIfPresent(item.id().set(), (set, count) -> count == 1 ? null : count - 1);
    }
    slotFreed();
  }

  /** Returns whether a claim of this node is being worked on. */
  boolean holds(ItemStore.Owned item) {
    return Long.valueOf(item.fence()).equals(held.get(item.id()));
  }

  /** Returns whether this node works on items of a set. */
  boolean worksOn(long set) {
    return heldOf.containsKey(set);
  }

  /** Returns the sets of which this node holds items. */
  Set<Long> heldSets() {
    return Set.copyOf(heldOf.keySet());
  }

  private void handle(List<Signal> signals) {
    looks.set(false);
    if (!open || !lease.isValid()) {
      return;
    }
    boolean all = false;
    for (Signal signal : signals) {
      if (signal instanceof Signal.Ready one) {
        Active known = active.get(one.set);
        if (known == null) {
          all = true;
        } else {
          known.ready = true;
        }
      } else if (signal instanceof Signal.Look look) {
        all |= look.all;
      }
    }
    if (all) {
      promote();
      reread();
    }
    while (open && claim()) {
      // As long as there is room and something to claim
    }
  }

  private void promote() {
    int promoted;
    do {
      promoted =
          core.transactions().own(tx -> control.promote(tx.session(), tx.now(), MOST_PROMOTED));
    } while (promoted == MOST_PROMOTED);
  }

  private void reread() {
    Map<Long, Active> before = new TreeMap<>(active);
    active.clear();
    changes = core.transactions().own(tx -> sets.configurations(tx.session()));
    for (ItemSets.Found set :
        core.transactions().own(tx -> sets.in(tx.session(), ItemSets.State.ACTIVE))) {
      RegisteredWorker worker = core.registry().worker(set.unit());
      if (!set.entry().manual() && worker != null && worker.target().items() != null) {
        Active known = before.getOrDefault(set.id(), new Active(set));
        known.ready = true;
        active.put(set.id(), known);
      }
    }
  }

  /** Claims once; returns whether to go on. */
  private boolean claim() {
    List<Active> ready = active.values().stream().filter(set -> set.ready).toList();
    backlog = !ready.isEmpty();
    int most = dispatcher.workers() * MOST_PER_THREAD;
    int room = Math.min(MOST_CLAIMED, most - held.size());
    if (ready.isEmpty() || waits(most, room)) {
      return false;
    }
    Claimed claimed = dispatcher.take(slots -> claim(ready, slots, room), Claimed::slices);
    return claimed.items > 0;
  }

  /** Small batches are for a node that runs dry: otherwise they cost more than they bring. */
  private boolean waits(int most, int room) {
    boolean little =
        room < Math.min(MOST_CLAIMED, most) / 2 || dispatcher.free() < dispatcher.most() / 4;
    return little && (dispatcher.idle() == 0 || held.size() > most / 2);
  }

  private record Claimed(int items, List<ItemSlice> slices) {}

  private Claimed claim(List<Active> ready, Slots slots, int room) {
    int free = slots.take(runs.hasBacklog() ? (dispatcher.free() + 1) / 2 : Integer.MAX_VALUE);
    Map<Long, ItemStore.Wanted> wanted = wanted(ready, free, room);
    if (wanted.isEmpty()) {
      return new Claimed(0, List.of());
    }
    RunStore.Claimer claimer = lease.claimer();
    List<ItemStore.Owned> items =
        core.transactions().own(tx -> claims.claim(tx, claimer, List.copyOf(wanted.values())));
    Map<Long, List<ItemStore.Owned>> bySet = new LinkedHashMap<>();
    for (ItemStore.Owned item : items) {
      hold(item);
      bySet.computeIfAbsent(item.id().set(), id -> new ArrayList<>()).add(item);
    }
    List<ItemSlice> slices = new ArrayList<>();
    wanted.forEach(
        (id, want) -> {
          List<ItemStore.Owned> came = bySet.getOrDefault(id, List.of());
          Active set = active.get(id);
          if (set != null) {
            // Others may have been claiming the same; a short answer says that little is left
            set.ready = came.size() == want.items() || came.size() >= MOST_CLAIMED / 10;
            slices.addAll(slices(set, came));
          }
        });
    return new Claimed(items.size(), slices);
  }

  /** Shares what is free among the sets, beginning with another one each time. */
  private Map<Long, ItemStore.Wanted> wanted(List<Active> ready, int free, int room) {
    Map<Long, ItemStore.Wanted> wanted = new LinkedHashMap<>();
    int slicesLeft = free;
    int roomLeft = room;
    turn++;
    for (int i = 0; i < ready.size() && slicesLeft > 0 && roomLeft > 0; i++) {
      Active set = ready.get((i + turn) % ready.size());
      int others = ready.size() - i;
      int slices = Math.max(1, slicesLeft / others);
      int items = Math.min(slices * sliceSize(set), Math.max(1, roomLeft / others));
      wanted.put(set.set.id(), new ItemStore.Wanted(set.set.id(), items));
      slicesLeft -= slices;
      roomLeft -= items;
    }
    return wanted;
  }

  private int sliceSize(Active set) {
    ItemShape shape = shape(set);
    return pace.calls(set.set.unit()) * Math.max(1, shape == null ? 1 : shape.chunk());
  }

  private @Nullable ItemShape shape(Active set) {
    RegisteredWorker worker = core.registry().worker(set.set.unit());
    return worker == null ? null : worker.target().items();
  }

  private List<ItemSlice> slices(Active set, List<ItemStore.Owned> items) {
    RegisteredWorker worker = core.registry().worker(set.set.unit());
    ItemShape shape = shape(set);
    List<ItemSlice> slices = new ArrayList<>();
    if (worker == null || shape == null) {
      LOG.log(Level.WARNING, "Unit {0} vanished while its items were claimed", set.set.unit());
      return slices;
    }
    ItemSlice.ItemRun run =
        new ItemSlice.ItemRun(
            set.set.id(),
            set.set.run(),
            worker,
            shape,
            core.registry().config(worker, changes.getOrDefault(set.set.unit(), "{}")));
    int size = sliceSize(set);
    for (int from = 0; from < items.size(); from += size) {
      slices.add(new ItemSlice(run, items.subList(from, Math.min(items.size(), from + size))));
    }
    return slices;
  }

  /** What waits behind an item that takes long goes on on another thread. */
  void split() {
    for (ItemSlice slice : dispatcher.active(ItemSlice.class)) {
      ItemAttempt current = slice.current();
      if (current != null && current.millis() > SPLIT_AFTER.toMillis()) {
        for (ItemStore.Owned item : slice.rest()) {
          dispatcher.split(new ItemSlice(slice.run(), List.of(item)));
        }
      }
    }
  }
}
