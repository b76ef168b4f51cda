package io.synchronik.impl.engine;

import io.synchronik.Page;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.store.ItemControl;
import io.synchronik.impl.store.ItemCounts;
import io.synchronik.impl.store.ItemSets;
import io.synchronik.impl.store.ItemStore;
import io.synchronik.impl.store.RunStore;
import io.synchronik.item.ItemQuery;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemState;
import io.synchronik.item.ItemView;
import io.synchronik.item.Items;
import io.synchronik.item.NewItem;
import io.synchronik.run.WrongStateException;
import io.synchronik.worker.RunContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets workers enumerate the items of their runs, and writes these in batches under the fence of
 * the attempt: in the attempt's own transaction when it has one.
 */
final class Enumerations {
  private static final int BATCH = 1000;

  /** Batches grow to this size while nobody waits for their items. */
  private static final int LARGE_BATCH = 5000;

  /** Length of the payloads of a batch, as they stand in memory. */
  private static final int MOST_CHARS = 8_000_000;

  private final Transactions transactions;
  private final ItemAdditions additions;
  private final ItemSlots slots;
  private final ItemSets sets = new ItemSets();
  private final ItemStore items = new ItemStore();
  private final RunStore runs = new RunStore();
  private final ItemControl earlierItems;

  Enumerations(Transactions transactions, ItemAdditions additions, ItemSlots slots, Json json) {
    this.earlierItems = new ItemControl(json::payload);
    this.transactions = transactions;
    this.additions = additions;
    this.slots = slots;
  }

  /** Adds the items of a run; returns when all are written. */
  void enumerate(Attempt attempt, RunContext context, ItemSource<Object> source) throws Exception {
    Sink sink = new Sink(attempt, begin(attempt, source));
    String run = attempt.owned().id();
    Optional<String> earlier = transactions.joined(tx -> runs.retryOf(tx.session(), run));
    if (earlier.isPresent()) {
      takeOver(earlier.get(), sink);
    } else {
      source.enumerate(sink, context);
    }
    sink.end();
  }

  /** Adds what did not succeed in an earlier run. */
  private void takeOver(String earlier, Sink sink) {
    ItemSets.Found set = transactions.joined(tx -> sets.ofRun(tx.session(), earlier)).orElse(null);
    ItemQuery query = ItemQuery.FIRST.in(ItemState.FAILED, ItemState.CANCELED).limit(BATCH);
    // Some of them may have keys and others none
    sink.keyed = false;
    String cursor = null;
    do {
      ItemQuery from = query.from(cursor);
      Page<ItemView> page =
          set == null
              ? new Page<>(List.of(), null)
              : transactions.joined(tx -> earlierItems.list(tx.session(), set.id(), from));
      for (ItemView item : page.items()) {
        ItemView.Asked asked = item.asked();
        sink.add(new NewItem<>(asked.payload(), asked.key(), asked.priority(), null, null));
      }
      cursor = page.next();
    } while (cursor != null);
  }

  private long begin(Attempt attempt, ItemSource<Object> source) {
    RunStore.Owned run = attempt.owned();
    ItemShape shape = attempt.worker().target().items();
    Instant deadline =
        source.deadline().map(after -> run.context().startedAt().plus(after)).orElse(null);
    long set =
        transactions.joined(
            tx -> {
              hold(tx, attempt);
              boolean manual = shape != null && shape.manual();
              sets.createIfMissing(tx.session(), run.id(), run.unit(), manual);
              ItemSets.Found found = sets.ofRun(tx.session(), run.id()).orElseThrow();
              sets.begin(tx.session(), found.id(), run.fence(), deadline);
              return found.id();
            });
    int torn;
    do {
      torn = transactions.joined(tx -> removeTorn(tx, attempt, set));
    } while (torn == BATCH);
    return set;
  }

  private int removeTorn(Tx tx, Attempt attempt, long set) {
    hold(tx, attempt);
    int torn = items.removeTorn(tx.session(), set, attempt.owned().fence(), BATCH);
    if (torn > 0) {
      new ItemCounts()
          .add(set, ItemCounts.Counter.INITIALIZED, -torn)
          .write(tx.session(), slots.mine());
    }
    return torn;
  }

  /** Locks in the order run, set, items. */
  private void hold(Tx tx, Attempt attempt) {
    RunStore.Owned run = attempt.owned();
    RunStore.Claimed claim = new RunStore.Claimed(run.id(), run.fence());
    if (!runs.holdIfOwned(tx.session(), claim, attempt.incarnation())) {
      throw new WrongStateException(Message.ITEMS_TAKEN_OVER.with(run.id()));
    }
  }

  private final class Sink implements Items<Object> {
    private final Attempt attempt;
    private final long set;
    private final List<ItemAdditions.Written> batch = new ArrayList<>(BATCH);
    private int most = BATCH;
    private int chars;
    private @Nullable Boolean keyed;
    private boolean keepsOpen;

    Sink(Attempt attempt, long set) {
      this.attempt = attempt;
      this.set = set;
    }

    @Override
    public void add(NewItem<?> item) {
      boolean hasKey = item.key() != null;
      if (keyed == null) {
        keyed = hasKey;
      } else if (keyed && !hasKey) {
        throw new WrongStateException(Message.ITEM_WITHOUT_KEY.with(attempt.owned().id()));
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
      if (!batch.isEmpty() || keepsOpen) {
        flush();
      }
    }

    private void flush() {
      transactions.joined(
          tx -> {
            hold(tx, attempt);
            // Before the set is shared: of two who share it, neither could change it any more
            if (Boolean.TRUE.equals(keyed)) {
              sets.activateIfHeld(tx.session(), set);
            }
            if (keepsOpen) {
              sets.keepOpen(tx.session(), set);
            }
            ItemSets.Found found = sets.share(tx.session(), set).orElseThrow();
            additions.add(tx, found, attempt.owned().fence(), batch, ItemAdditions.Source.WORK);
            return null;
          });
      batch.clear();
      chars = 0;
      if (Boolean.FALSE.equals(keyed)) {
        // Not claimed before all are there
        most = Math.min(2 * most, LARGE_BATCH);
      }
    }
  }
}
