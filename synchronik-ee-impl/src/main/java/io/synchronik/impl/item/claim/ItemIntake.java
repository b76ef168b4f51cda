package io.synchronik.impl.item.claim;

import io.synchronik.impl.exec.CallPace;
import io.synchronik.impl.exec.Dispatcher;
import io.synchronik.impl.exec.EngineThreads;
import io.synchronik.impl.exec.Lane;
import io.synchronik.impl.exec.LostClaims;
import io.synchronik.impl.exec.Slots;
import io.synchronik.impl.node.NodeLease;
import io.synchronik.impl.store.item.ItemControl;
import io.synchronik.impl.store.item.ItemStore;
import io.synchronik.impl.store.jdbc.StoreException;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.time.Intake;
import io.synchronik.impl.unit.Core;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of a node that claims items, in batches, for as many threads as are free or will
 * be in a moment. Sets that have ready items share what is free, so that a large run does not
 * starve a small one.
 */
public final class ItemIntake {
  /** Something to look at. */
  private sealed interface Signal {
    /** Items of a set may be ready. */
    record Ready(long set) implements Signal {}

    /** Threads are free, or a look at all sets is due. */
    record Look(boolean all) implements Signal {}

    /** Limited work has ended. */
    record Released() implements Signal {}
  }

  private static final int MOST_PER_THREAD = 192;
  private static final int MOST_CLAIMED = 1000;
  private static final int MOST_PROMOTED = 1000;
  private static final Duration SPLIT_AFTER = Duration.ofMillis(500);

  private static final Logger LOG = System.getLogger(ItemIntake.class.getName());

  private final Core core;
  private final NodeLease lease;
  private final Dispatcher dispatcher;
  private final Intake runs;
  private final ItemClaims claims;
  private final ItemControl control = new ItemControl();
  private final Lane<Signal> lane =
      Lane.ofKeys("claiming items", 10_000, Integer.MAX_VALUE, this::handle);

  private final LostClaims<ItemStore.Owned> lostClaims;
  private final CallPace pace = new CallPace();
  private final ItemPermits permits;
  private final ActiveSets active;
  private final Followers followers;

  private final HeldItems held = new HeldItems();

  /** Sets of which nothing could be claimed; used by the thread that claims. */
  private final Set<Long> failing = new HashSet<>();

  /** Sets that somebody else held in this round; used by the thread that claims. */
  private final Set<Long> heldSets = new HashSet<>();

  /** Sets of which the last claim left some. */
  private final Set<Long> more = ConcurrentHashMap.newKeySet();

  private final AtomicBoolean looks = new AtomicBoolean();
  private volatile boolean backlog;
  private volatile boolean open;

  /** What follows; only signals. */
  public interface Followers {
    /** Limited work may go on at other nodes. */
    void released();

    /** Items are to be recorded as not begun. */
    void giveBack(ItemSlice.ItemRun run, List<ItemStore.Owned> items);
  }

  public ItemIntake(
      Core core,
      NodeLease lease,
      Dispatcher dispatcher,
      Intake runs,
      ItemClaims claims,
      Followers followers) {
    this.core = core;
    this.lease = lease;
    this.dispatcher = dispatcher;
    this.lostClaims = dispatcher.lostClaims();
    this.runs = runs;
    this.claims = claims;
    this.permits = new ItemPermits(core.transactions());
    this.active = new ActiveSets(core, pace, permits);
    this.followers = followers;
  }

  public void start(EngineThreads threads) {
    open = true;
    threads.start("item-intake", lane);
  }

  /** Claims nothing any more; a batch in progress is finished. */
  public void stop(Duration atMost) {
    open = false;
    lane.close(atMost);
  }

  /** Items of a set may be ready. */
  public void ready(long set) {
    if (open) {
      lane.offer(new Signal.Ready(set));
    }
  }

  /** Items of a set become ready at a time of the database. */
  public void readyAt(Instant due) {
    runs.later(due, this::refresh);
  }

  /** A thread or room for claims has become free. */
  public void slotFreed() {
    if (open && backlog && looks.compareAndSet(false, true)) {
      lane.offer(new Signal.Look(false));
    }
  }

  /** Looks at all sets, and for items whose time has come. */
  public void refresh() {
    if (open) {
      lane.offer(new Signal.Look(true));
    }
  }

  /** The end of a claim is recorded, or refused. */
  public void settled(ItemStore.Owned item) {
    held.settled(item);
    if (permits.settled(item) && open) {
      lane.offer(new Signal.Released());
    }
    slotFreed();
  }

  /** Returns those of some claims of this node that are lost. */
  public List<ItemStore.Owned> lost(List<ItemStore.Owned> owned) {
    return lostClaims.among(owned, held::holds);
  }

  /** Returns whether this node works on items of a set, or is about to go on with it. */
  public boolean worksOn(long set) {
    return held.holdsOf(set) || more.contains(set);
  }

  /** Returns the sets of which this node holds items. */
  public Set<Long> heldSets() {
    return held.sets();
  }

  /** Returns signals of sets that somebody else holds. */
  private List<Signal> handle(List<Signal> signals) {
    looks.set(false);
    heldSets.clear();
    int released = permits.release();
    if (!open || !lease.isValid()) {
      return List.of();
    }
    boolean all = false;
    for (Signal signal : signals) {
      if (signal instanceof Signal.Ready one) {
        all |= !active.ready(one.set);
      } else if (signal instanceof Signal.Look look) {
        all |= look.all;
      } else {
        active.released();
      }
    }
    if (all) {
      promote();
      permits.releaseUnknown(core.journal().incarnation());
      active.reread();
      more.removeIf(set -> active.get(set) == null);
    }
    while (open && claim()) {
      // As long as there is room and something to claim
    }
    if (released > 0 && !active.waiting()) {
      followers.released();
    }
    return heldSets.stream().<Signal>map(Signal.Ready::new).toList();
  }

  private void promote() {
    int promoted;
    do {
      promoted =
          core.transactions().briefly(tx -> control.promote(tx.session(), tx.now(), MOST_PROMOTED));
    } while (promoted == MOST_PROMOTED);
  }

  /** Claims once; returns whether to look again. */
  private boolean claim() {
    backlog = active.claimable();
    int most = dispatcher.workers() * MOST_PER_THREAD;
    int room = Math.min(MOST_CLAIMED, most - held.size());
    if (!backlog || waits(most, room)) {
      return false;
    }
    return dispatcher.take(slots -> claim(slots, room), this::held).wanted;
  }

  /** Small batches are for a node that runs dry: otherwise they cost more than they bring. */
  private boolean waits(int most, int room) {
    boolean little =
        room < Math.min(MOST_CLAIMED, most) / 2 || dispatcher.free() < dispatcher.most() / 4;
    return little && (dispatcher.idle() == 0 || held.size() > most / 2);
  }

  /** Slices, and whether any were wanted. */
  private record Claimed(boolean wanted, List<Taken> taken) {}

  /** A slice that was claimed, and what it is for threads. */
  private record Taken(String unit, ItemClaims.Slice claimed, ItemSlice slice) {}

  /** Last of all: what fails on the way is in no thread's hands, and found as lost. */
  private List<ItemSlice> held(Claimed all) {
    List<ItemSlice> slices = all.taken.stream().map(Taken::slice).toList();
    List<ItemStore.Owned> items =
        all.taken.stream().flatMap(taken -> taken.claimed.items().stream()).toList();
    for (Taken taken : all.taken) {
      if (taken.slice.limited()) {
        permits.hold(taken.unit, taken.claimed);
      }
    }
    held.hold(items);
    return slices;
  }

  private Claimed claim(Slots slots, int room) {
    int free = slots.take(runs.hasBacklog() ? (dispatcher.free() + 1) / 2 : Integer.MAX_VALUE);
    Map<Long, ItemClaims.Wanted> wanted = active.wanted(free, room);
    List<Taken> taken = new ArrayList<>();
    if (wanted.isEmpty()) {
      return new Claimed(false, taken);
    }
    RunStore.Claimer claimer = lease.claimer();
    Long withMutex = active.withMutex(wanted.keySet());
    ItemClaims.Came all = came(claimer, wanted, withMutex);
    heldSets.addAll(all.held());
    Map<Long, ItemClaims.Claim> came = all.claims();
    wanted.forEach(
        (id, want) -> {
          ActiveSets.Active set = active.get(id);
          ItemClaims.Claim claim = came.get(id);
          if (claim == null || !claim.more()) {
            more.remove(id);
          } else {
            more.add(id);
          }
          if (set != null) {
            active.came(set, want, claim, id.equals(withMutex));
            taken.addAll(taken(set, claim));
          }
        });
    return new Claimed(true, taken);
  }

  /**
   * One set whose limits cannot be read, or that cannot be claimed of, does not stop the others.
   */
  private ItemClaims.Came came(
      RunStore.Claimer claimer, Map<Long, ItemClaims.Wanted> wanted, @Nullable Long withMutex) {
    try {
      return core.transactions()
          .briefly(tx -> claims.claim(tx, claimer, wanted.values(), withMutex));
    } catch (RuntimeException | Error e) {
      if (StoreException.isOutage(e)) {
        throw e;
      }
      LOG.log(Level.DEBUG, "A claim failed and is made set by set", e);
    }
    ItemClaims.Came came = ItemClaims.Came.nothing();
    for (ItemClaims.Wanted want : wanted.values()) {
      try {
        came.add(alone(claimer, want, withMutex));
        failing.remove(want.set());
      } catch (RuntimeException | Error e) {
        if (StoreException.isOutage(e)) {
          throw e;
        }
        if (StoreException.isLocked(e)) {
          came.held().add(want.set());
        } else {
          Level level = failing.add(want.set()) ? Level.WARNING : Level.DEBUG;
          LOG.log(level, "No items of '" + want.unit() + "' can be claimed; tried again", e);
        }
      }
    }
    return came;
  }

  /** Of a set of which somebody holds some items the others are claimed. */
  private ItemClaims.Came alone(
      RunStore.Claimer claimer, ItemClaims.Wanted want, @Nullable Long withMutex) {
    ActiveSets.Active set = active.get(want.set());
    try {
      return core.transactions().briefly(tx -> claims.claim(tx, claimer, List.of(want), withMutex));
    } catch (RuntimeException | Error e) {
      if (want.passesOver() || set == null || !StoreException.isLocked(e)) {
        throw e;
      }
      set.held();
    }
    return core.transactions()
        .briefly(tx -> claims.claim(tx, claimer, List.of(want.passingOver()), withMutex));
  }

  private List<Taken> taken(ActiveSets.Active set, ItemClaims.@Nullable Claim claim) {
    List<Taken> taken = new ArrayList<>();
    if (claim != null) {
      for (ItemClaims.Slice slice : claim.slices()) {
        taken.add(
            new Taken(set.unit(), slice, new ItemSlice(set.run(), slice.items(), set.limited())));
      }
      if (claim.again() != null) {
        readyAt(claim.again());
      }
    }
    return taken;
  }

  /** A slice of a worker's items was worked off. */
  public void took(ItemSlice slice, int calls, long nanos) {
    pace.took(slice.run().worker().id().value(), calls, nanos);
  }

  /** What waits behind an item that takes long goes on on another thread. */
  public void split() {
    for (ItemSlice slice : dispatcher.active(ItemSlice.class)) {
      ItemAttempt current = slice.current();
      if (current != null && current.millis() > SPLIT_AFTER.toMillis()) {
        if (slice.limited()) {
          // What was permitted is one thread; the others are for whoever has a permit next
          followers.giveBack(slice.run(), slice.rest());
        } else {
          // One after the other: what fails leaves the others to the slice
          List<ItemStore.Owned> next = slice.next(1);
          while (!next.isEmpty()) {
            dispatcher.split(new ItemSlice(slice.run(), next, false));
            next = slice.next(1);
          }
        }
      }
    }
  }
}
