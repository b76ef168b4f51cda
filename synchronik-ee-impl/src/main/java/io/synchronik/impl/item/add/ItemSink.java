package io.synchronik.impl.item.add;

import io.synchronik.impl.settings.Message;
import io.synchronik.impl.store.item.ItemRows;
import io.synchronik.impl.store.item.ItemSets;
import io.synchronik.impl.store.item.KeptKeys;
import io.synchronik.impl.tx.Transactions;
import io.synchronik.impl.tx.Tx;
import io.synchronik.item.Items;
import io.synchronik.item.NewItem;
import io.synchronik.run.WrongStateException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Takes the items that the work of a run adds, and writes them in batches. */
final class ItemSink implements Items<Object> {
  static final int BATCH = 1000;

  /** Batches grow to this size while nobody waits for their items. */
  private static final int LARGE_BATCH = 5000;

  /** Length of the payloads of a batch, as they stand in memory. */
  private static final int MOST_CHARS = 8_000_000;

  /** So many waits for keys that others hold one batch costs at most. */
  private static final int MOST_WAITS = 20;

  /** Between two looks for keys that somebody holds. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final OwnedRun run;
  private final long set;
  private final Transactions transactions;
  private final ItemAdditions additions;
  private final ItemRows earlierItems;
  private final ItemSets sets = new ItemSets();
  private final List<ItemAdditions.Written> batch = new ArrayList<>(BATCH);
  private int most = BATCH;
  private int chars;
  private @Nullable Boolean keyed;
  private boolean keepsOpen;
  private long repeated;

  /** Throws why a batch was not written: nothing is added any more, whatever the work does. */
  private Runnable broken = () -> {};

  /** Items whose keys somebody holds who has added them to another run. */
  private final List<ItemAdditions.Written> aside = new ArrayList<>();

  /** Sets of earlier runs; what has completed there is not done again. */
  private final List<Long> passedOver = new ArrayList<>();

  ItemSink(OwnedRun run, long set, ItemAdditions additions, ItemRows earlierItems) {
    this.run = run;
    this.set = set;
    this.transactions = run.transactions();
    this.additions = additions;
    this.earlierItems = earlierItems;
  }

  /** Some of what is added may have keys and others none. */
  void mixed() {
    keyed = false;
  }

  List<Long> passedOver() {
    return passedOver;
  }

  /** Throws why nothing is added any more, if that is so. */
  void refuseBroken() {
    broken.run();
  }

  @Override
  public void add(NewItem<?> item) {
    refuseBroken();
    boolean hasKey = item.key() != null;
    if (keyed == null) {
      keyed = hasKey;
    } else if (keyed && !hasKey) {
      throw new WrongStateException(Message.ITEM_WITHOUT_KEY.with(run.id()));
    }
    ItemAdditions.Written written = additions.written(item);
    batch.add(written);
    chars += written.payload() == null ? 0 : written.payload().length();
    if (batch.size() == most || chars >= MOST_CHARS) {
      flush();
    }
  }

  @Override
  public void keepOpen() {
    keepsOpen = true;
  }

  void end() {
    refuseBroken();
    if (!batch.isEmpty() || keepsOpen) {
      flush();
    }
    addAside();
    if (repeated > 0) {
      run.persistently(
          tx -> {
            run.hold(tx);
            sets.repeated(tx.session(), set, repeated);
            return null;
          });
    }
  }

  private void addAside() {
    if (aside.isEmpty()) {
      return;
    }
    if (transactions.current() == null) {
      repeated += patiently(aside);
    } else {
      repeated += run.persistently(tx -> write(tx, aside));
    }
    aside.clear();
  }

  /** Waits for keys that somebody holds, and meanwhile holds nothing that others need. */
  private int patiently(List<ItemAdditions.Written> items) {
    while (true) {
      try {
        return briefly(items);
      } catch (KeptKeys.Held e) {
        if (!run.waits(e)) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private void flush() {
    try {
      writeBatch();
    } catch (RuntimeException | Error e) {
      broken =
          () -> {
            throw e;
          };
      throw e;
    }
    batch.clear();
    chars = 0;
    if (Boolean.FALSE.equals(keyed)) {
      // Not claimed before all are there
      most = Math.min(2 * most, LARGE_BATCH);
    }
  }

  private void writeBatch() {
    if (transactions.current() == null && additions.uniqueFor(run.unit()) != null) {
      writeFree(new ArrayList<>(batch));
      if (aside.size() >= BATCH) {
        addAside();
      }
    } else {
      repeated += run.persistently(tx -> write(tx, batch));
    }
  }

  /** Adds items in transactions of their own, but for those whose keys somebody holds. */
  private void writeFree(List<ItemAdditions.Written> items) {
    Deque<List<ItemAdditions.Written>> parts = new ArrayDeque<>(List.of(items));
    int waits = 0;
    while (!parts.isEmpty()) {
      List<ItemAdditions.Written> part = parts.pop();
      try {
        repeated += briefly(part);
      } catch (KeptKeys.Held e) {
        waits++;
        if (part.size() == 1 || waits > MOST_WAITS) {
          aside.addAll(part);
        } else {
          int half = part.size() / 2;
          parts.push(part.subList(half, part.size()));
          parts.push(part.subList(0, half));
        }
      }
    }
  }

  /** Waits for whatever else somebody holds, but for no keys. */
  private int briefly(List<ItemAdditions.Written> items) {
    while (true) {
      try {
        return transactions.briefly(tx -> write(tx, items));
      } catch (KeptKeys.Held e) {
        throw e;
      } catch (RuntimeException | Error e) {
        if (!run.waits(e)) {
          throw e;
        }
      }
    }
  }

  private int write(Tx tx, List<ItemAdditions.Written> items) {
    run.hold(tx);
    // Before the set is shared: of two who share it, neither could change it any more
    if (Boolean.TRUE.equals(keyed)) {
      sets.activateIfHeld(tx.session(), set);
    }
    if (keepsOpen) {
      sets.keepOpen(tx.session(), set);
    }
    ItemSets.Found found = sets.share(tx.session(), set).orElseThrow();
    return additions
        .add(tx, found, run.fence(), left(tx, items), ItemAdditions.Source.WORK)
        .repeated();
  }

  private List<ItemAdditions.Written> left(Tx tx, List<ItemAdditions.Written> items) {
    List<ItemAdditions.Written> left = new ArrayList<>(items);
    for (long set : passedOver) {
      Set<String> done = earlierItems.completedKeys(tx.session(), set, ItemAdditions.keys(left));
      left.removeIf(one -> one.item().key() != null && done.contains(one.item().key()));
    }
    return left;
  }
}
