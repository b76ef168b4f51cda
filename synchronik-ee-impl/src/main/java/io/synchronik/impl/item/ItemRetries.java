package io.synchronik.impl.item;

import io.synchronik.event.ItemsReset;
import io.synchronik.impl.item.ItemRunEnds.Swept;
import io.synchronik.impl.store.item.ItemControl;
import io.synchronik.impl.store.item.ItemCounts;
import io.synchronik.impl.store.item.ItemCounts.Counter;
import io.synchronik.impl.store.item.ItemRetryStore;
import io.synchronik.impl.store.item.ItemRetryStore.Command;
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
 * node goes on where one has died. Locks the command, the set together with others, items by id.
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

  /**
   * Tries the failed items of a live set again that the caller shares: at once when there are few.
   *
   * @param taken whether the caller goes on with {@link #carryOut}
   */
  Begun begin(Tx tx, ItemSets.Found set, @Nullable String failure, boolean taken) {
    List<ItemControl.Held> failed =
        items.lockFailed(tx.session(), set.id(), failure, 0, tx.now(), BITE + 1);
    if (failed.size() <= BITE) {
      reset(tx, set.id(), failed);
      announce(tx, set, failed.size(), failure);
      return new Begun(failed.size(), null);
    }
    Command command = new Command(core.journal().nextId(), set.id(), failure, 0, 0, tx.now());
    store.insert(tx.session(), command, taken ? takenUntil(tx) : tx.now());
    tx.afterCommit(signals::bulk);
    return new Begun(items.countFailed(tx.session(), set.id(), failure, tx.now()), command.id());
  }

  private static Instant takenUntil(Tx tx) {
    return tx.now().plusSeconds(TAKEN_SECONDS);
  }

  /** Carries a command out; returns how many items are tried again by it. */
  long carryOut(String id) {
    long done = 0;
    Optional<Long> bite = bite(id);
    while (bite.isPresent()) {
      done += bite.get();
      bite = bite(id);
    }
    return done;
  }

  /** Goes on with commands that nobody carries out. */
  Swept sweep() {
    Swept swept = Swept.NOTHING;
    for (String id : core.transactions().own(tx -> store.idle(tx.session(), tx.now()))) {
      try {
        boolean more = core.transactions().briefly(tx -> bite(tx, id, tx.now())).isPresent();
        swept = swept.and(new Swept(more, false));
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

  private Optional<Long> bite(String id) {
    return core.transactions().own(tx -> bite(tx, id, takenUntil(tx)));
  }

  /** Returns how many items it was; empty when nothing is left. */
  private Optional<Long> bite(Tx tx, String id, Instant takenUntil) {
    Command command = store.lock(tx.session(), id).orElse(null);
    if (command == null) {
      return Optional.empty();
    }
    ItemSets.Found set = sets.share(tx.session(), command.set()).orElse(null);
    List<ItemControl.Held> failed =
        set == null || set.ended()
            ? List.of()
            : items.lockFailed(
                tx.session(),
                set.id(),
                command.failure(),
                command.after(),
                command.askedAt(),
                BITE);
    long done = command.done() + failed.size();
    if (failed.isEmpty()) {
      store.remove(tx.session(), id);
      if (set != null) {
        announce(tx, set, done, command.failure());
      }
      return Optional.empty();
    }
    reset(tx, command.set(), failed);
    long after = failed.get(failed.size() - 1).id().number();
    store.advance(tx.session(), id, after, done, takenUntil);
    return Optional.of((long) failed.size());
  }

  private void reset(Tx tx, long set, List<ItemControl.Held> failed) {
    if (!failed.isEmpty()) {
      items.resetAll(tx.session(), set, failed.stream().map(item -> item.id().number()).toList());
      new ItemCounts()
          .move(set, Counter.FAILED, Counter.INITIALIZED, failed.size())
          .write(tx.session(), slots.of(tx));
      tx.afterCommit(() -> signals.ready(set));
    }
  }

  private void announce(Tx tx, ItemSets.Found set, long done, @Nullable String failure) {
    if (done > 0) {
      core.journal()
          .add(tx, set.unit(), set.run(), origin -> new ItemsReset(origin, done, failure));
    }
    tx.afterCommit(() -> signals.moved(set.id()));
  }
}
