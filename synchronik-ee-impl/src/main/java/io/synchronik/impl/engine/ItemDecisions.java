package io.synchronik.impl.engine;

import io.synchronik.event.UnitUpdated;
import io.synchronik.event.UpdateReason;
import io.synchronik.impl.lifecycle.Produced;
import io.synchronik.impl.lifecycle.RunChange;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.store.ControlStore;
import io.synchronik.impl.store.ItemCounts;
import io.synchronik.impl.store.ItemSets;
import io.synchronik.impl.store.RunStore;
import io.synchronik.item.ItemDecision;
import io.synchronik.item.ItemStanding;
import io.synchronik.item.ItemStatistics;
import io.synchronik.item.ItemSummary;
import io.synchronik.run.Failure;
import io.synchronik.run.Progress;
import io.synchronik.run.RunState;
import io.synchronik.unit.UnitConfig;
import io.synchronik.unit.UnitStatus;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the ends of items mean for their runs. The policy is asked outside any transaction;
 * then one transaction ends the run. Locks the run, its set, its items by id, then schedules, then
 * units.
 */
final class ItemDecisions {
  private static final Logger LOG = System.getLogger(ItemDecisions.class.getName());

  /** How often the policy is asked again because items have moved on meanwhile. */
  private static final int MOST_ASKED = 5;

  private final Core core;
  private final RunEnds ends;
  private final Results results;
  private final ItemWithdrawals withdrawals;
  private final Followers followers;
  private final ItemSets sets = new ItemSets();
  private final RunStore runs = new RunStore();
  private final ControlStore progress = new ControlStore();

  /** What follows the commit of a run's end; only signals. */
  interface Followers {
    /** A run has ended by its items. */
    void ended(long set, RunStore.Owned run, RunChange change);

    /** Items of a set were withdrawn that nodes are working on. */
    void withdrawn(long set, String why);
  }

  ItemDecisions(Core core, RunEnds ends, Results results, ItemSlots slots, Followers followers) {
    this.core = core;
    this.ends = ends;
    this.results = results;
    this.withdrawals = new ItemWithdrawals(core.transactions(), slots, followers::withdrawn);
    this.followers = followers;
  }

  /** How a set stands, read at one moment. */
  private record Stand(
      ItemSets.Found set,
      ItemStatistics statistics,
      Optional<RunStore.Owned> run,
      Optional<String> cancelledBy,
      Instant now) {}

  /**
   * What becomes of a run.
   *
   * @param state completed, failed or canceled
   * @param failure why it failed
   * @param reason who cancelled it
   * @param asked what was decided upon
   * @param choices successors that the result lets run, null when no condition was asked
   * @param over whether it completes because all items are final
   */
  private record Verdict(
      RunState state,
      @Nullable Failure failure,
      @Nullable String reason,
      ItemStatistics asked,
      @Nullable String choices,
      boolean over) {
    /** Tells whether it holds for what stands when the set is held. */
    boolean holdsFor(ItemStatistics now) {
      return (!over || now.allFinal()) && (choices == null || now.equals(asked));
    }
  }

  /**
   * Decides about a set.
   *
   * @param ended items that have ended here since the last decision
   */
  void decide(long id, List<ItemStanding.Ended> ended) {
    for (int i = 0; i < MOST_ASKED; i++) {
      Optional<Stand> read = core.transactions().own(tx -> read(tx, id));
      if (read.isEmpty() || read.get().run.isEmpty()) {
        return;
      }
      Stand stand = read.get();
      RunStore.Owned run = stand.run.get();
      Verdict verdict = verdict(stand, run, ended);
      if (verdict == null) {
        goOn(stand);
        return;
      }
      if (core.transactions().own(tx -> end(tx, stand.set, verdict))) {
        return;
      }
    }
  }

  /** A set that was held for a decision goes on when that has changed. */
  private void goOn(Stand stand) {
    if (stand.set.state() == ItemSets.State.HELD && stand.set.entry().enumerated()) {
      core.transactions()
          .own(
              tx -> {
                sets.activateIfHeld(tx.session(), stand.set.id());
                return null;
              });
    }
  }

  private Optional<Stand> read(Tx tx, long id) {
    return sets.find(tx.session(), id)
        .filter(set -> !set.ended())
        .map(
            set ->
                new Stand(
                    set,
                    ItemCounts.sum(tx.session(), id),
                    runs.ofItems(tx.session(), set.run()),
                    runs.cancelAsked(tx.session(), set.run()),
                    tx.now()));
  }

  private @Nullable Verdict verdict(
      Stand stand, RunStore.Owned run, List<ItemStanding.Ended> ended) {
    if (stand.cancelledBy.isPresent()) {
      return canceled(stand, stand.cancelledBy.get());
    }
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
    ItemDecision decision;
    try (WorkTarget.Opened opened = worker.target().open()) {
      decision = opened.items().policy().decide(standing);
    } catch (RuntimeException | LinkageError e) {
      LOG.log(Level.WARNING, "The policy of '" + run.unit() + "' failed in run " + run.id(), e);
      Failure why = Failures.of(e);
      String message = Message.POLICY_FAILED.with(why.message());
      return failed(stand, new Failure(why.type(), message, why.stackTrace(), e));
    }
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

  private static Verdict failed(Stand stand, Failure failure) {
    return new Verdict(RunState.FAILED, failure, null, stand.statistics, null, false);
  }

  private static Verdict canceled(Stand stand, String by) {
    return new Verdict(RunState.CANCELED, null, by, stand.statistics, null, false);
  }

  private Verdict completed(Stand stand, RunStore.Owned run, boolean over) {
    String choices = results.of(run, summary(stand.statistics)).choices();
    return new Verdict(RunState.COMPLETED, null, null, stand.statistics, choices, over);
  }

  /** What is not final is going to be withdrawn. */
  private static ItemSummary summary(ItemStatistics at) {
    long canceled = at.canceled() + at.initialized() + at.started();
    return new ItemSummary(at.total(), at.completed(), at.failed(), canceled);
  }

  /** Returns whether it is done; otherwise the items moved on and are held for another look. */
  private boolean end(Tx tx, ItemSets.Found set, Verdict verdict) {
    Optional<RunStore.Owned> run = runs.ofItemsLocked(tx.session(), set.run());
    if (run.isEmpty()) {
      return true;
    }
    sets.lock(tx.session(), set.id());
    if (!verdict.over) {
      // Waits for ends that are on their way to their commits; none comes afterwards
      withdrawals.started(tx, set.id(), String.valueOf(verdict.reason));
    }
    ItemStatistics now = ItemCounts.sum(tx.session(), set.id());
    if (!verdict.holdsFor(now)) {
      if (!verdict.over) {
        sets.hold(tx.session(), set.id());
      }
      return false;
    }
    sets.endIfOpen(tx.session(), List.of(set.run()));
    if (now.initialized() == 0) {
      sets.closeIfEnding(tx.session(), set.id());
    }
    end(tx, set.id(), run.get(), change(run.get(), verdict, now), now.total());
    return true;
  }

  private RunChange change(RunStore.Owned run, Verdict verdict, ItemStatistics now) {
    Produced produced =
        verdict.state == RunState.COMPLETED
            ? new Produced(results.of(run, summary(now)).result(), verdict.choices)
            : Produced.NOTHING;
    return new RunChange(
        verdict.state, null, run.attempt(), produced, verdict.failure, verdict.reason);
  }

  /** This node owns the run for the moment in which it ends it as any other. */
  private void end(Tx tx, long set, RunStore.Owned run, RunChange change, long items) {
    String incarnation = core.journal().incarnation();
    runs.takeFromItems(tx.session(), run.id(), incarnation);
    RegisteredWorker worker = core.registry().worker(run.unit());
    UnitConfig config = worker == null ? null : core.registry().config(worker);
    Progress all = new Progress(items, items);
    ends.apply(tx, List.of(new RunEnds.Item(run, incarnation, change, run.losses(), config, all)));
    tx.afterCommit(() -> followers.ended(set, run, change));
  }

  /** Withdraws what is left of ended sets. */
  void sweep() {
    for (ItemSets.Found set :
        core.transactions().own(tx -> sets.in(tx.session(), ItemSets.State.ENDING))) {
      withdrawals.all(set.id());
    }
  }

  /** Announces how far a run has come and keeps it with the run. */
  void progress(ItemSets.Found set, ItemStatistics statistics) {
    core.transactions()
        .own(
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
