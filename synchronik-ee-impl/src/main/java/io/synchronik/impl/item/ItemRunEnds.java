package io.synchronik.impl.item;

import io.synchronik.impl.item.add.ItemWithdrawals;
import io.synchronik.impl.item.claim.ItemSlots;
import io.synchronik.impl.lifecycle.Produced;
import io.synchronik.impl.lifecycle.RunChange;
import io.synchronik.impl.run.IdleRuns;
import io.synchronik.impl.run.RunEnds;
import io.synchronik.impl.run.attempt.Results;
import io.synchronik.impl.store.item.ItemCounts;
import io.synchronik.impl.store.item.ItemRetryStore;
import io.synchronik.impl.store.item.ItemSetEnds;
import io.synchronik.impl.store.item.ItemSetEnds.Verdict;
import io.synchronik.impl.store.item.ItemSets;
import io.synchronik.impl.store.jdbc.StoreException;
import io.synchronik.impl.store.run.ControlStore;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.RegisteredWorker;
import io.synchronik.item.ItemStatistics;
import io.synchronik.item.ItemSummary;
import io.synchronik.run.Progress;
import io.synchronik.run.RunState;
import io.synchronik.unit.UnitConfig;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/**
 * Ends runs by what was decided about their items. What is left of these is withdrawn first: at
 * once when there is little, else in bites, by any node, while the verdict stands with the set.
 * Locks the run, its set, its items by id, then schedules, then units.
 */
final class ItemRunEnds {
  private static final Logger LOG = System.getLogger(ItemRunEnds.class.getName());

  private final Core core;
  private final RunEnds ends;
  private final Results results;
  private final ItemWithdrawals withdrawals;
  private final ItemDecisions.Followers followers;
  private final IdleRuns idle;
  private final ItemSets sets = new ItemSets();
  private final ItemSetEnds setEnds = new ItemSetEnds();
  private final ItemRetryStore retries = new ItemRetryStore();
  private final RunStore runs = new RunStore();
  private final ControlStore control = new ControlStore();

  ItemRunEnds(
      Core core,
      RunEnds ends,
      Results results,
      ItemSlots slots,
      ItemDecisions.Followers followers) {
    this.core = core;
    this.ends = ends;
    this.results = results;
    this.withdrawals = new ItemWithdrawals(core.transactions(), slots, followers::withdrawn);
    this.followers = followers;
    this.idle = new IdleRuns(core, ends.ledger());
  }

  /**
   * What was decided.
   *
   * @param verdict how the run ends
   * @param asked what was decided upon
   * @param over whether it completes because all items are final
   */
  record Decided(Verdict verdict, ItemStatistics asked, boolean over) {
    /** Tells whether it holds for what stands when the set is held. */
    boolean holdsFor(ItemStatistics now) {
      return (!over || now.allFinal()) && (verdict.choices() == null || now.equals(asked));
    }

    /** Tells whether items that had ended are tried again. */
    boolean isTakenBack(ItemStatistics now) {
      return now.completed() < asked.completed()
          || now.failed() < asked.failed()
          || now.canceled() < asked.canceled();
    }
  }

  /** What came of a decision. */
  enum Came {
    /** It is carried out, or not needed any more. */
    DONE,
    /** The items have moved on, and are held for another look. */
    MOVED_ON,
    /** Somebody else holds what it is about. */
    HELD
  }

  /** Carries a decision out. */
  Came end(Tx tx, ItemSets.Found set, Decided decided) {
    Optional<RunStore.Open> run = runs.tryLockOpen(tx.session(), set.run());
    if (run.isEmpty() && runs.open(tx.session(), set.run()).isPresent()) {
      return Came.HELD;
    }
    // What has failed is not over while somebody has it tried again
    if (decided.over && isTriedAgain(tx, set, decided)) {
      return Came.DONE;
    }
    Optional<ItemSets.Found> held = sets.tryLock(tx.session(), set.id());
    if (held.isEmpty() && sets.find(tx.session(), set.id()).isPresent()) {
      return Came.HELD;
    }
    boolean ends = held.map(ItemSets.Found::ended).orElse(true);
    if (run.filter(RunStore.Open::items).isEmpty() || ends) {
      return Came.DONE;
    }
    Verdict verdict = unlessCanceled(run.get(), decided.verdict);
    boolean stands = verdict.state() == decided.verdict.state();
    boolean over = decided.over && stands;
    if (stands && decided.isTakenBack(ItemCounts.sum(tx.session(), set.id()))) {
      return Came.MOVED_ON;
    }
    if (!over) {
      // Waits for ends that are on their way to their commits; none comes afterwards
      withdrawals.started(tx, set.id(), String.valueOf(verdict.reason()));
    }
    ItemStatistics now = ItemCounts.sum(tx.session(), set.id());
    if (stands && !decided.holdsFor(now)) {
      if (!over) {
        sets.hold(tx.session(), set.id());
      }
      return Came.MOVED_ON;
    }
    if (now.allFinal()) {
      setEnds.close(tx.session(), set.id());
      end(tx, set.id(), run.get().run(), verdict, now);
    } else {
      setEnds.endIfOpen(tx.session(), set.run(), verdict);
      this.ends.remember(tx, set.run(), verdict.failure());
      tx.afterCommit(followers::ending);
    }
    return Came.DONE;
  }

  private boolean isTriedAgain(Tx tx, ItemSets.Found set, Decided decided) {
    return retries.exists(tx.session(), set.id())
        || (decided.asked.failed() > 0 && retries.isAmongMany(tx.session(), set.run(), set.unit()));
  }

  /** Whoever was told that the run is cancelled was told the truth. */
  private static Verdict unlessCanceled(RunStore.Open run, Verdict verdict) {
    String by = run.cancelBy();
    return by == null || verdict.state() == RunState.CANCELED ? verdict : Verdict.canceled(by);
  }

  /**
   * What came of a look at ending sets.
   *
   * @param more whether there is more to do
   * @param held whether somebody else holds some of it
   */
  record Swept(boolean more, boolean held) {
    static final Swept NOTHING = new Swept(false, false);

    Swept and(Swept other) {
      return new Swept(more || other.more, held || other.held);
    }
  }

  /**
   * Withdraws a bite of what is left of each ending set, and ends runs of which nothing is left.
   */
  Swept sweep() {
    Swept swept = Swept.NOTHING;
    for (long set : core.transactions().own(tx -> setEnds.ending(tx.session()))) {
      try {
        boolean all = withdrawals.bite(set);
        boolean finished = !all || core.transactions().briefly(tx -> finish(tx, set));
        swept = swept.and(new Swept(!all, !finished));
      } catch (RuntimeException | Error e) {
        if (StoreException.isOutage(e)) {
          throw e;
        }
        // One that somebody holds must not hold up the others
        LOG.log(Level.DEBUG, "Items " + set + " could not be withdrawn; tried again", e);
        swept = swept.and(new Swept(false, true));
      }
    }
    return swept;
  }

  /** Returns whether nothing waits for somebody who holds it. */
  private boolean finish(Tx tx, long id) {
    Optional<ItemSets.Found> set = sets.find(tx.session(), id);
    if (set.isEmpty()) {
      return true;
    }
    Optional<RunStore.Open> run = runs.tryLockOpen(tx.session(), set.get().run());
    boolean runHeld = run.isEmpty() && runs.open(tx.session(), set.get().run()).isPresent();
    if (runHeld || sets.tryLock(tx.session(), id).isEmpty()) {
      return false;
    }
    ItemStatistics now = ItemCounts.sum(tx.session(), id);
    if (!now.allFinal()) {
      return false;
    }
    Optional<Verdict> verdict = setEnds.of(tx.session(), id);
    boolean executed = run.isPresent() && run.get().state() == RunState.RUNNING;
    if (executed && !run.get().items()) {
      // The end of its attempt ends it
      return true;
    }
    setEnds.close(tx.session(), id);
    if (run.isPresent() && verdict.isPresent()) {
      Verdict ending = unlessCanceled(run.get(), verdict.get());
      if (executed) {
        end(tx, id, run.get().run(), ending, now);
      } else {
        cancel(tx, id, run.get(), String.valueOf(ending.reason()));
      }
    }
    return true;
  }

  private void cancel(Tx tx, long set, RunStore.Open open, String by) {
    RunStore.Owned run = open.run();
    control.cancelIdle(tx.session(), run.id(), by, tx.now());
    idle.canceled(tx, run.unit(), run.id(), open.state(), by);
    RunChange change =
        new RunChange(RunState.CANCELED, null, run.attempt(), Produced.NOTHING, null, by);
    tx.afterCommit(() -> followers.ended(set, run, change));
  }

  private RunChange change(RunStore.Owned run, Verdict verdict, ItemStatistics now) {
    ItemSummary summary =
        new ItemSummary(now.total(), now.completed(), now.failed(), now.canceled());
    Produced produced =
        verdict.state() == RunState.COMPLETED
            ? new Produced(results.written(run, summary), verdict.choices())
            : Produced.NOTHING;
    return new RunChange(
        verdict.state(),
        null,
        run.attempt(),
        produced,
        ends.original(run.id(), verdict.failure()),
        verdict.reason());
  }

  /** This node owns the run for the moment in which it ends it as any other. */
  private void end(
      Tx tx, long set, RunStore.Owned run, Verdict verdict, ItemStatistics statistics) {
    RunChange change = change(run, verdict, statistics);
    String incarnation = core.journal().incarnation();
    runs.takeFromItems(tx.session(), run.id(), incarnation);
    RegisteredWorker worker = core.registry().worker(run.unit());
    UnitConfig config = worker == null ? null : core.registry().config(worker);
    Progress all = new Progress(statistics.total(), statistics.total());
    ends.apply(tx, List.of(new RunEnds.Item(run, incarnation, change, run.losses(), config, all)));
    tx.afterCommit(() -> followers.ended(set, run, change));
  }
}
