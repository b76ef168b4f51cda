package io.synchronik.impl.item;

import io.synchronik.event.UnitUpdated;
import io.synchronik.event.UpdateReason;
import io.synchronik.impl.item.ItemRunEnds.Came;
import io.synchronik.impl.item.ItemRunEnds.Decided;
import io.synchronik.impl.item.ItemRunEnds.Swept;
import io.synchronik.impl.lifecycle.RunChange;
import io.synchronik.impl.run.Results;
import io.synchronik.impl.run.RunEnds;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.store.item.ItemCounts;
import io.synchronik.impl.store.item.ItemSetEnds.Verdict;
import io.synchronik.impl.store.item.ItemSets;
import io.synchronik.impl.store.run.ControlStore;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.tx.Failures;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.tx.UserCode;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.RegisteredWorker;
import io.synchronik.impl.unit.WorkTarget;
import io.synchronik.item.ItemDecision;
import io.synchronik.item.ItemStanding;
import io.synchronik.item.ItemStatistics;
import io.synchronik.item.ItemSummary;
import io.synchronik.run.Failure;
import io.synchronik.run.RunState;
import io.synchronik.unit.UnitStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the ends of items mean for their runs. The policy is asked outside any transaction;
 * what it says is carried out by {@link ItemRunEnds}.
 */
final class ItemDecisions {
  /** How often the policy is asked again because items have moved on meanwhile. */
  private static final int MOST_ASKED = 5;

  private final Core core;
  private final Results results;
  private final ItemRunEnds runEnds;
  private final ItemRetries retries;
  private final ItemSets sets = new ItemSets();
  private final RunStore runs = new RunStore();
  private final ControlStore progress = new ControlStore();

  /** What follows the commit of a run's end; only signals. */
  interface Followers {
    /** A run has ended by its items. */
    void ended(long set, RunStore.Owned run, RunChange change);

    /** Items are to be withdrawn before their run ends. */
    void ending();

    /** Items of a set were withdrawn that nodes are working on. */
    void withdrawn(long set, String why);
  }

  ItemDecisions(
      Core core,
      RunEnds ends,
      Results results,
      ItemSlots slots,
      ItemRetries retries,
      Followers followers) {
    this.retries = retries;
    this.core = core;
    this.results = results;
    this.runEnds = new ItemRunEnds(core, ends, results, slots, followers);
  }

  /** How a set stands, read at one moment. */
  private record Stand(
      ItemSets.Found set, ItemStatistics statistics, Optional<RunStore.Open> run, Instant now) {}

  /**
   * Decides about a set.
   *
   * @param ended items that have ended here since the last decision
   * @return false when somebody else holds what it is about
   */
  boolean decide(long id, List<ItemStanding.Ended> ended) {
    for (int i = 0; i < MOST_ASKED; i++) {
      Optional<Stand> read = core.transactions().own(tx -> read(tx, id));
      if (read.isEmpty() || read.get().run.isEmpty()) {
        return true;
      }
      Stand stand = read.get();
      Decided decided = decided(stand, stand.run.get(), ended);
      if (decided == null) {
        return goOn(stand);
      }
      Came came = core.transactions().briefly(tx -> runEnds.end(tx, stand.set, decided));
      if (came != Came.MOVED_ON) {
        return came == Came.DONE;
      }
    }
    return true;
  }

  /** A set that was held for a decision goes on when that has changed. */
  private boolean goOn(Stand stand) {
    return stand.set.state() != ItemSets.State.HELD
        || !stand.set.entry().enumerated()
        || core.transactions()
            .briefly(
                tx -> {
                  boolean free = sets.tryLock(tx.session(), stand.set.id()).isPresent();
                  if (free) {
                    sets.activateIfHeld(tx.session(), stand.set.id());
                  }
                  return free || sets.find(tx.session(), stand.set.id()).isEmpty();
                });
  }

  private Optional<Stand> read(Tx tx, long id) {
    return sets.find(tx.session(), id)
        .filter(set -> !set.ended())
        .map(
            set ->
                new Stand(
                    set,
                    ItemCounts.sum(tx.session(), id),
                    runs.open(tx.session(), set.run()).filter(RunStore.Open::items),
                    tx.now()));
  }

  private @Nullable Decided decided(
      Stand stand, RunStore.Open open, List<ItemStanding.Ended> ended) {
    String by = open.cancelBy();
    if (by != null) {
      return canceled(stand, by);
    }
    RunStore.Owned run = open.run();
    Instant deadline = stand.set.deadlineAt();
    if (deadline != null && !deadline.isAfter(stand.now)) {
      return failed(stand, Failures.overdue(deadline));
    }
    RegisteredWorker worker = core.registry().worker(run.unit());
    if (worker == null) {
      // A node that knows the worker knows its policy
      return null;
    }
    ItemStanding standing = new ItemStanding(stand.statistics, stand.set.open(), ended);
    return core.code()
        .<Supplier<@Nullable Decided>>call(
            () -> {
              ItemDecision decision;
              try (WorkTarget.Opened opened = worker.target().open()) {
                decision = opened.items().policy().decide(standing);
              }
              return () -> verdict(stand, run, standing, decision);
            },
            e -> () -> policyFailed(stand, run, e))
        .get();
  }

  private static Decided policyFailed(Stand stand, RunStore.Owned run, Throwable thrown) {
    UserCode.warn("The policy of '" + run.unit() + "' failed in run " + run.id(), thrown);
    return failed(stand, Failures.of(thrown, Message.POLICY_FAILED));
  }

  private @Nullable Decided verdict(
      Stand stand, RunStore.Owned run, ItemStanding standing, ItemDecision decision) {
    return switch (decision) {
      case CONTINUE -> standing.over() ? completed(stand, run, true) : null;
      case COMPLETE -> completed(stand, run, false);
      case FAIL -> {
        ItemStatistics at = stand.statistics;
        String message = Message.ITEMS_FAILED.with(at.failed(), at.total());
        yield failed(stand, new Failure("ItemsFailed", message, "", null));
      }
      case CANCEL -> canceled(stand, "cancelled by its policy");
    };
  }

  private static Decided failed(Stand stand, Failure failure) {
    Verdict verdict = new Verdict(RunState.FAILED, failure, null, null);
    return new Decided(verdict, stand.statistics, false);
  }

  private static Decided canceled(Stand stand, String by) {
    return new Decided(Verdict.canceled(by), stand.statistics, false);
  }

  private Decided completed(Stand stand, RunStore.Owned run, boolean over) {
    String choices = results.of(run, summary(stand.statistics)).choices();
    Verdict verdict = new Verdict(RunState.COMPLETED, null, null, choices);
    return new Decided(verdict, stand.statistics, over);
  }

  /** What is not final is going to be withdrawn. */
  private static ItemSummary summary(ItemStatistics at) {
    long canceled = at.canceled() + at.initialized() + at.started();
    return new ItemSummary(at.total(), at.completed(), at.failed(), canceled);
  }

  /**
   * Goes a bite on with what concerns many items: withdraws what is left of ending sets, and puts
   * failed ones back.
   */
  Swept sweep() {
    return runEnds.sweep().and(retries.sweep());
  }

  /** Announces how far a run has come and keeps it with the run. */
  void progress(ItemSets.Found set, ItemStatistics statistics) {
    core.transactions()
        .briefly(
            tx -> {
              progress.progress(
                  tx.session(),
                  List.<@Nullable Object[]>of(
                      new @Nullable Object[] {set.run(), statistics.ended(), statistics.total()}));
              core.journal()
                  .add(
                      tx,
                      set.unit(),
                      set.run(),
                      origin -> new UnitUpdated(origin, UpdateReason.PROGRESS, UnitStatus.RUNNING));
              return null;
            });
  }

  /** Returns sets whose enumeration has ended and whose runs go on. */
  List<ItemSets.Found> live() {
    return core.transactions().own(tx -> sets.enumeratedAndLive(tx.session()));
  }

  ItemStatistics statistics(long set) {
    return core.transactions().own(tx -> ItemCounts.sum(tx.session(), set));
  }
}
