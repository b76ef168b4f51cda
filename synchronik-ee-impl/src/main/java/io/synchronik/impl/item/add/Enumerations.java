package io.synchronik.impl.item.add;

import io.synchronik.impl.exec.EngineThreads;
import io.synchronik.impl.exec.Execution;
import io.synchronik.impl.item.claim.ItemSlots;
import io.synchronik.impl.run.attempt.Attempt;
import io.synchronik.impl.run.attempt.AttemptRunner;
import io.synchronik.impl.settings.DurationText;
import io.synchronik.impl.store.item.ItemCounts;
import io.synchronik.impl.store.item.ItemRows;
import io.synchronik.impl.store.item.ItemSets;
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
import io.synchronik.item.NewItem;
import io.synchronik.run.Page;
import io.synchronik.worker.RunContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets workers enumerate the items of their runs, and writes these in batches under the fence of
 * the attempt: in the attempt's own transaction when it has one.
 */
public final class Enumerations implements AttemptRunner.Enumeration {
  private static final int BATCH = ItemSink.BATCH;

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
    OwnedRun run = new OwnedRun(attempt, transactions, runs);
    Begun begun = reaching(() -> begin(run, within));
    EngineThreads.Alarm alarm = armDeadline(attempt, begun);
    try {
      ItemSink sink = new ItemSink(run, begun.set, additions, earlierItems);
      if (!reaching(() -> takenOver(run, sink))) {
        fill(sink, source, context);
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

  private static void fill(ItemSink sink, ItemSource<Object> source, RunContext context)
      throws Exception {
    try {
      source.enumerate(sink, context);
    } catch (Throwable e) {
      reaching(
          () -> {
            sink.refuseBroken();
            return null;
          });
      throw e;
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
  private boolean takenOver(OwnedRun run, ItemSink sink) {
    Optional<ItemSets.Found> earlier = earlier(run.id(), sink.passedOver());
    earlier.ifPresent(set -> takeOver(set.id(), sink));
    return earlier.isPresent();
  }

  /** Adds what did not succeed in an earlier run; what is still open there is withdrawn first. */
  private void takeOver(long set, ItemSink sink) {
    withdrawals.all(set);
    ItemQuery query = ItemQuery.FIRST.in(ItemState.FAILED, ItemState.CANCELED).limit(BATCH);
    sink.mixed();
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

  private Begun begin(OwnedRun run, Optional<Duration> within) {
    ItemShape shape = run.attempt().worker().target().items();
    Instant deadline =
        within
            .map(
                after -> run.attempt().owned().context().startedAt().plus(DurationText.most(after)))
            .orElse(null);
    Begun begun =
        run.persistently(
            tx -> {
              run.hold(tx);
              boolean manual = shape != null && shape.manual();
              sets.createIfMissing(tx.session(), run.id(), run.unit(), manual);
              ItemSets.Found found = sets.ofRun(tx.session(), run.id()).orElseThrow();
              sets.begin(tx.session(), found.id(), run.fence(), deadline);
              Instant first = found.deadlineAt();
              return new Begun(found.id(), first == null ? deadline : first, tx.now());
            });
    int torn;
    do {
      torn = run.persistently(tx -> removeTorn(tx, run, begun.set));
    } while (torn == BATCH);
    return begun;
  }

  private int removeTorn(Tx tx, OwnedRun run, long set) {
    run.hold(tx);
    int torn = items.removeTorn(tx.session(), set, run.fence(), BATCH);
    if (torn > 0) {
      new ItemCounts()
          .add(set, ItemCounts.Counter.INITIALIZED, -torn)
          .write(tx.session(), slots.of(tx));
    }
    return torn;
  }
}
