package io.synchronik.impl.item;

import io.synchronik.event.ItemsReset;
import io.synchronik.impl.item.ItemRunEnds.Swept;
import io.synchronik.impl.item.add.ItemSignals;
import io.synchronik.impl.item.claim.ItemSlots;
import io.synchronik.impl.store.item.FailedItems;
import io.synchronik.impl.store.item.ItemControl;
import io.synchronik.impl.store.item.ItemControl.Others;
import io.synchronik.impl.store.item.ItemCounts;
import io.synchronik.impl.store.item.ItemCounts.Counter;
import io.synchronik.impl.store.item.ItemRetryStore;
import io.synchronik.impl.store.item.ItemRetryStore.Command;
import io.synchronik.impl.store.item.ItemRetryStore.Standing;
import io.synchronik.impl.store.item.ItemSets;
import io.synchronik.impl.store.jdbc.StoreException;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.Core;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tries failed items again, however many: few at once, many in bites. The command is recorded in
 * the transaction that gives it; whoever carries it out writes how far he has come, so that another
 * node goes on where one has died, and whoever waits for the end is told of all. Locks the command,
 * the set together with others, items by id; what somebody holds comes last.
 */
final class ItemRetries {
  private static final Logger LOG = System.getLogger(ItemRetries.class.getName());
  static final int BITE = 1000;

  /** So long a command is left to who has begun it. */
  private static final long TAKEN_SECONDS = 5;

  private final Core core;
  private final ItemSlots slots;
  private final ItemSignals signals;
  private final ItemRetryStore store = new ItemRetryStore();
  private final ItemSets sets = new ItemSets();
  private final ItemControl items = new ItemControl();
  private final FailedItems failures = new FailedItems();

  ItemRetries(Core core, ItemSlots slots, ItemSignals signals) {
    this.core = core;
    this.slots = slots;
    this.signals = signals;
  }

  /**
   * Tells what came of a command.
   *
   * @param items how many items are tried again
   * @param rest the command that the others are left to, null when all are
   */
  record Begun(long items, @Nullable String rest) {}

  /** What came of a bite. */
  private enum Bite {
    /** There may be more to do. */
    MORE,
    /** Somebody holds what is left. */
    HELD,
    /** The command has ended, or somebody else is at it. */
    NOTHING
  }

  /**
   * Tries the failed items of a live set again that the caller shares: at once when there are few.
   *
   * @param awaited whether the caller goes on with {@link #carryOut}
   */
  Begun begin(Tx tx, ItemSets.Found set, FailedItems.Kind kind, boolean awaited) {
    FailedItems.Failed meant = new FailedItems.Failed(set.id(), kind, 0, tx.now());
    List<ItemControl.Held> failed = failures.lock(tx.session(), meant, BITE + 1, Others.AWAIT);
    if (failed.size() <= BITE) {
      reset(tx, set, failed);
      announce(tx, set, failed.size(), kind);
      return new Begun(failed.size(), null);
    }
    Command command = new Command(core.journal().nextId(), set.id(), kind, 0, 0, tx.now(), awaited);
    store.insert(tx.session(), command, awaited ? takenUntil(tx) : tx.now());
    tx.afterCommit(signals::bulk);
    return new Begun(failures.count(tx.session(), meant), command.id());
  }

  private static Instant takenUntil(Tx tx) {
    return tx.now().plusSeconds(TAKEN_SECONDS);
  }

  /**
   * Carries a command out that its caller waits for, or lets others do so; returns how many items
   * are tried again by it.
   */
  long carryOut(String id, String run) {
    RetryWait wait = new RetryWait(run, core.settings().pace().lease().dividedBy(2));
    Standing standing = new Standing(0, false);
    while (!standing.ended()) {
      try {
        Bite bite = core.transactions().own(tx -> bite(tx, id, takenUntil(tx)));
        Standing before = standing;
        standing = standing(id).orElseGet(() -> new Standing(before.done(), true));
        wait.looked(standing, bite == Bite.MORE);
      } catch (RuntimeException | Error e) {
        if (!StoreException.isLocked(e) && !StoreException.isOutage(e)) {
          throw e;
        }
        wait.pause(standing, e);
      }
    }
    return standing.done();
  }

  /** Whoever hears of the end is the one who waited for it. */
  private Optional<Standing> standing(String id) {
    return core.transactions()
        .own(
            tx -> {
              Optional<Standing> found = store.find(tx.session(), id);
              if (found.filter(Standing::ended).isPresent()) {
                store.remove(tx.session(), id);
              }
              return found;
            });
  }

  /** Goes on with commands that nobody carries out. */
  Swept sweep() {
    Swept swept = Swept.NOTHING;
    for (String id : core.transactions().own(tx -> store.idle(tx.session(), tx.now()))) {
      try {
        Bite bite = core.transactions().briefly(tx -> bite(tx, id, tx.now()));
        swept = swept.and(new Swept(bite == Bite.MORE, bite == Bite.HELD));
      } catch (RuntimeException | Error e) {
        if (StoreException.isOutage(e)) {
          throw e;
        }
        // One that somebody holds must not hold up the others
        LOG.log(Level.DEBUG, "Command " + id + " could not be carried out; tried again", e);
        swept = swept.and(new Swept(false, true));
      }
    }
    return swept;
  }

  private Bite bite(Tx tx, String id, Instant takenUntil) {
    Command command = store.lock(tx.session(), id).orElse(null);
    if (command == null) {
      return Bite.NOTHING;
    }
    ItemSets.Found set = sets.share(tx.session(), command.set()).orElse(null);
    if (set == null || set.ended()) {
      end(tx, command, set);
      return Bite.NOTHING;
    }
    List<ItemControl.Held> failed =
        failures.lock(tx.session(), command.items(command.after()), BITE, Others.SKIP);
    if (!failed.isEmpty()) {
      reset(tx, set, failed);
      long after = failed.get(failed.size() - 1).id().number();
      store.advance(tx.session(), id, after, command.done() + failed.size(), takenUntil);
      return Bite.MORE;
    }
    if (failures.exist(tx.session(), command.items(0))) {
      store.advance(tx.session(), id, 0, command.done(), takenUntil);
      return Bite.HELD;
    }
    end(tx, command, set);
    return Bite.NOTHING;
  }

  private void end(Tx tx, Command command, ItemSets.@Nullable Found set) {
    store.end(tx.session(), command, tx.now());
    if (set != null) {
      announce(tx, set, command.done(), command.kind());
    }
  }

  private void reset(Tx tx, ItemSets.Found set, List<ItemControl.Held> failed) {
    if (!failed.isEmpty()) {
      List<Long> numbers = failed.stream().map(item -> item.id().number()).toList();
      items.resetAll(tx.session(), set.id(), numbers);
      new ItemCounts()
          .move(set.id(), Counter.FAILED, Counter.INITIALIZED, failed.size())
          .write(tx.session(), slots.of(tx));
      if (!set.entry().manual()) {
        tx.afterCommit(() -> signals.ready(set.id()));
      }
    }
  }

  private void announce(Tx tx, ItemSets.Found set, long done, FailedItems.Kind kind) {
    if (done > 0) {
      core.journal()
          .add(
              tx,
              set.unit(),
              set.run(),
              origin -> new ItemsReset(origin, done, kind.text(), kind.group()));
    }
    tx.afterCommit(() -> signals.moved(set.id()));
  }
}
