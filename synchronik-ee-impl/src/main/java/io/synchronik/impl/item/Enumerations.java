package io.synchronik.impl.item;

import io.synchronik.impl.exec.EngineThreads;
import io.synchronik.impl.exec.Execution;
import io.synchronik.impl.item.claim.ItemSlots;
import io.synchronik.impl.run.attempt.Attempt;
import io.synchronik.impl.run.attempt.AttemptRunner;
import io.synchronik.impl.settings.DurationText;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.store.item.ItemCounts;
import io.synchronik.impl.store.item.ItemRows;
import io.synchronik.impl.store.item.ItemSets;
import io.synchronik.impl.store.item.KeptKeys;
import io.synchronik.impl.store.item.NewItems;
import io.synchronik.impl.store.jdbc.StoreException;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.tx.Json;
import io.synchronik.impl.tx.Transactions;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.ItemShape;
import io.synchronik.item.ItemQuery;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemState;
import io.synchronik.item.ItemView;
import io.synchronik.item.Items;
import io.synchronik.item.NewItem;
import io.synchronik.run.Page;
import io.synchronik.run.WrongStateException;
import io.synchronik.worker.RunContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets workers enumerate the items of their runs, and writes these in batches under the fence of
 * the attempt: in the attempt's own transaction when it has one.
 */
public final class Enumerations implements AttemptRunner.Enumeration {
  private static final int BATCH = 1000;

  /** Batches grow to this size while nobody waits for their items. */
  private static final int LARGE_BATCH = 5000;

  /** Length of the payloads of a batch, as they stand in memory. */
  private static final int MOST_CHARS = 8_000_000;

  /** So many waits for keys that others hold one batch costs at most. */
  private static final int MOST_WAITS = 20;

  private final Transactions transactions;
  private final ItemAdditions additions;
  private final ItemSlots slots;
  private final ItemSets sets = new ItemSets();
  private final NewItems items = new NewItems();
  private final RunStore runs = new RunStore();
  private final EngineThreads threads;
  private final ItemRows earlierItems;
  private final ItemWithdrawals withdrawals;

  public Enumerations(
      Transactions transactions,
      EngineThreads threads,
      ItemAdditions additions,
      ItemSlots slots,
      Json json) {
    this.threads = threads;
    this.earlierItems = new ItemRows(json::payload);
    this.transactions = transactions;
    this.additions = additions;
    this.slots = slots;
    this.withdrawals = new ItemWithdrawals(transactions, slots, (set, why) -> {});
  }

  @Override
  public void enumerate(Attempt attempt, RunContext context, ItemSource<Object> source)
      throws Exception {
    Optional<Duration> within = source.deadline();
    Begun begun = reaching(() -> begin(attempt, within));
    EngineThreads.Alarm alarm = armDeadline(attempt, begun);
    try {
      Sink sink = new Sink(attempt, begun.set);
      if (!reaching(() -> takenOver(attempt, sink))) {
        sink.fillFrom(source, context);
      }
      reaching(
          () -> {
            sink.end();
            return null;
          });
    } finally {
      alarm.cancel();
    }
  }

  /** Whatever does not reach the database here is no fault of the work. */
  private static <T extends @Nullable Object> T reaching(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException | Error e) {
      if (StoreException.isOutage(e)) {
        throw new AttemptRunner.Torn(e);
      }
      throw e;
    }
  }

  /** The set of a run whose enumeration begins, and by when the run must have ended. */
  private record Begun(long set, @Nullable Instant deadline, Instant now) {}

  /** Later it is the decisions that see to it. */
  private EngineThreads.Alarm armDeadline(Attempt attempt, Begun begun) {
    Instant deadline = begun.deadline;
    return deadline == null
        ? () -> {}
        : threads.later(
            Math.max(0, Duration.between(begun.now, deadline).toMillis()),
            () -> attempt.stop(new Execution.Stop.Overdue(deadline)));
  }

  /**
   * Returns the set of the latest earlier run that was enumerated to its end.
   *
   * @param torn gets the sets of those after it that were not
   */
  private Optional<ItemSets.Found> earlier(String run, List<Long> torn) {
    Optional<String> before = transactions.joined(tx -> runs.retryOf(tx.session(), run));
    while (before.isPresent()) {
      String id = before.get();
      Optional<ItemSets.Found> set = transactions.joined(tx -> sets.ofRun(tx.session(), id));
      if (set.filter(found -> found.entry().enumerated()).isPresent()) {
        return set;
      }
      set.ifPresent(found -> torn.add(found.id()));
      before = transactions.joined(tx -> runs.retryOf(tx.session(), id));
    }
    return Optional.empty();
  }

  /** Tells whether the items are those of an earlier run, and adds them then. */
  private boolean takenOver(Attempt attempt, Sink sink) {
    Optional<ItemSets.Found> earlier = earlier(attempt.owned().id(), sink.passedOver);
    earlier.ifPresent(set -> takeOver(set.id(), sink));
    return earlier.isPresent();
  }

  /** Adds what did not succeed in an earlier run; what is still open there is withdrawn first. */
  private void takeOver(long set, Sink sink) {
    withdrawals.all(set);
    ItemQuery query = ItemQuery.FIRST.in(ItemState.FAILED, ItemState.CANCELED).limit(BATCH);
    // Some of them may have keys and others none
    sink.keyed = false;
    String cursor = null;
    do {
      ItemQuery from = query.from(cursor);
      Page<ItemView> page =
          transactions.joined(tx -> earlierItems.listGiven(tx.session(), set, from));
      for (ItemView item : page.items()) {
        ItemView.Asked asked = item.asked();
        sink.add(
            new NewItem<>(
                asked.payload(), asked.key(), asked.mutex(), asked.priority(), null, null));
      }
      cursor = page.next();
    } while (cursor != null);
  }

  /**
   * Works on the set of a run, for as long as it takes when somebody holds that: in a transaction
   * of its own it is begun again after each wait.
   */
  private <T extends @Nullable Object> T persistently(Attempt attempt, Function<Tx, T> work) {
    while (true) {
      try {
        return transactions.joined(work);
      } catch (RuntimeException | Error e) {
        if (!StoreException.isLocked(e)
            || transactions.current() != null
            || attempt.stopped().isPresent()) {
          throw e;
        }
      }
    }
  }

  private Begun begin(Attempt attempt, Optional<Duration> within) {
    RunStore.Owned run = attempt.owned();
    ItemShape shape = attempt.worker().target().items();
    Instant deadline =
        within.map(after -> run.context().startedAt().plus(DurationText.most(after))).orElse(null);
    Begun begun =
        persistently(
            attempt,
            tx -> {
              hold(tx, attempt);
              boolean manual = shape != null && shape.manual();
              sets.createIfMissing(tx.session(), run.id(), run.unit(), manual);
              ItemSets.Found found = sets.ofRun(tx.session(), run.id()).orElseThrow();
              sets.begin(tx.session(), found.id(), run.fence(), deadline);
              Instant first = found.deadlineAt();
              return new Begun(found.id(), first == null ? deadline : first, tx.now());
            });
    int torn;
    do {
      torn = persistently(attempt, tx -> removeTorn(tx, attempt, begun.set));
    } while (torn == BATCH);
    return begun;
  }

  private int removeTorn(Tx tx, Attempt attempt, long set) {
    hold(tx, attempt);
    int torn = items.removeTorn(tx.session(), set, attempt.owned().fence(), BATCH);
    if (torn > 0) {
      new ItemCounts()
          .add(set, ItemCounts.Counter.INITIALIZED, -torn)
          .write(tx.session(), slots.of(tx));
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
    private long repeated;

    /** Throws why a batch was not written: nothing is added any more, whatever the work does. */
    private Runnable broken = () -> {};

    /** Items whose keys somebody holds who has added them to another run. */
    private final List<ItemAdditions.Written> aside = new ArrayList<>();

    /** Sets of earlier runs; what has completed there is not done again. */
    private final List<Long> passedOver = new ArrayList<>();

    Sink(Attempt attempt, long set) {
      this.attempt = attempt;
      this.set = set;
    }

    /** Lets the work add its items. */
    void fillFrom(ItemSource<Object> source, RunContext context) throws Exception {
      try {
        source.enumerate(this, context);
      } catch (Throwable e) {
        reaching(
            () -> {
              refuseBroken();
              return null;
            });
        throw e;
      }
    }

    private void refuseBroken() {
      broken.run();
    }

    @Override
    public void add(NewItem<?> item) {
      refuseBroken();
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
      refuseBroken();
      if (!batch.isEmpty() || keepsOpen) {
        flush();
      }
      addAside();
      if (repeated > 0) {
        persistently(
            attempt,
            tx -> {
              hold(tx, attempt);
              sets.repeated(tx.session(), set, repeated);
              return null;
            });
      }
    }

    private void addAside() {
      if (!aside.isEmpty()) {
        repeated += persistently(attempt, tx -> write(tx, aside));
        aside.clear();
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
      if (transactions.current() == null && additions.uniqueFor(attempt.owned().unit()) != null) {
        writeFree(new ArrayList<>(batch));
        if (aside.size() >= BATCH) {
          addAside();
        }
      } else {
        repeated += persistently(attempt, tx -> write(tx, batch));
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
          if (!StoreException.isLocked(e) || attempt.stopped().isPresent()) {
            throw e;
          }
        }
      }
    }

    private int write(Tx tx, List<ItemAdditions.Written> items) {
      hold(tx, attempt);
      // Before the set is shared: of two who share it, neither could change it any more
      if (Boolean.TRUE.equals(keyed)) {
        sets.activateIfHeld(tx.session(), set);
      }
      if (keepsOpen) {
        sets.keepOpen(tx.session(), set);
      }
      ItemSets.Found found = sets.share(tx.session(), set).orElseThrow();
      return additions
          .add(tx, found, attempt.owned().fence(), left(tx, items), ItemAdditions.Source.WORK)
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
}
