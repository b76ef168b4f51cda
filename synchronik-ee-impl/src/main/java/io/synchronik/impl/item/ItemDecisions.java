package io.synchronik.impl.item;

import io.synchronik.event.UnitUpdated;
import io.synchronik.event.UpdateReason;
import io.synchronik.impl.exec.Questions;
import io.synchronik.impl.item.ItemRunEnds.Came;
import io.synchronik.impl.item.ItemRunEnds.Decided;
import io.synchronik.impl.item.ItemRunEnds.Swept;
import io.synchronik.impl.item.claim.ItemSlots;
import io.synchronik.impl.lifecycle.RunChange;
import io.synchronik.impl.run.RunEnds;
import io.synchronik.impl.run.attempt.Results;
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
import io.synchronik.item.ItemDecision;
import io.synchronik.item.ItemStanding;
import io.synchronik.item.ItemStatistics;
import io.synchronik.item.ItemSummary;
import io.synchronik.run.Failure;
import io.synchronik.run.RunState;
import io.synchronik.run.WrongStateException;
import io.synchronik.unit.UnitStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the ends of items mean for their runs. The policy is asked outside any transaction
 * by {@link Policies}; what it says is carried out by {@link ItemRunEnds}.
 */
final class ItemDecisions {
  private final Core core;
  private final Results results;
  private final ItemRunEnds runEnds;
  private final ItemRetries retries;
  private final Policies policies;
  private final Followers followers;
  private final ItemSets sets = new ItemSets();
  private final RunStore runs = new RunStore();
  private final ControlStore progress = new ControlStore();

  /** What follows the commit of a run's end; only signals. */
  interface Followers {
    /** A run has ended by its items. */
    void ended(long set, RunStore.Owned run, RunChange change);

    /** Items are to be withdrawn before their run ends. */
    void ending();

    /** A set is to be looked at again. */
    void moved(long set);

    /** Items of a set were withdrawn that nodes are working on. */
    void withdrawn(long set, String why);
  }

  ItemDecisions(
      Core core,
      RunEnds ends,
      Results results,
      ItemSlots slots,
      ItemRetries retries,
      Policies policies,
      Followers followers) {
    this.policies = policies;
    this.followers = followers;
    this.retries = retries;
    this.core = core;
    this.results = results;
    this.runEnds = new ItemRunEnds(core, ends, results, slots, followers);
  }

  /** How a set stands, read at one moment. */
  private record Stand(
      ItemSets.Found set, ItemStatistics statistics, Optional<RunStore.Open> run, Instant now) {}

  /**
   * Decides about a set, as far as its policy has been asked; asks it otherwise.
   *
   * @return false when somebody else holds what it is about
   */
  boolean decide(long id) {
    Optional<Stand> read = core.transactions().own(tx -> read(tx, id));
    if (read.isEmpty() || read.get().run.isEmpty()) {
      policies.forget(id);
      return true;
    }
    Stand stand = read.get();
    RunStore.Open run = stand.run.get();
    Decided unasked = unasked(stand, run);
    if (unasked != null) {
      return end(stand, unasked) != Came.HELD;
    }
    RegisteredWorker worker = core.registry().worker(run.run().unit());
    if (worker == null) {
      // A node that knows the worker knows its policy
      return goOn(stand);
    }
    Policies.About about = new Policies.About(stand.set, run.run(), worker, stand.statistics);
    Optional<Policies.Answer> answer = policies.answer(about, meaning(about));
    if (answer.isEmpty()) {
      return true;
    }
    Decided decided = answer.get().decided();
    return decided == null ? goOn(stand) : carriedOut(stand, decided);
  }

  private boolean carriedOut(Stand stand, Decided decided) {
    Came came = end(stand, decided);
    if (came != Came.HELD) {
      policies.forgetAnswer(stand.set.id());
    }
    if (came == Came.MOVED_ON) {
      followers.moved(stand.set.id());
    }
    return came != Came.HELD;
  }

  private Came end(Stand stand, Decided decided) {
    return core.transactions().briefly(tx -> runEnds.end(tx, stand.set, decided));
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

  /** What is decided whatever the policy says. */
  private static @Nullable Decided unasked(Stand stand, RunStore.Open open) {
    String by = open.cancelBy();
    if (by != null) {
      return canceled(ItemStatistics.NONE, by);
    }
    Instant deadline = stand.set.deadlineAt();
    return deadline != null && !deadline.isAfter(stand.now)
        ? failed(ItemStatistics.NONE, Failures.overdue(deadline))
        : null;
  }

  /** The conditions are looked up now; what follows an answer must not block. */
  private Policies.Meaning meaning(Policies.About about) {
    Results.Conditions conditions;
    try {
      conditions = results.choice().on(about.run());
    } catch (WrongStateException e) {
      Decided gone = failed(about.statistics(), Failures.of(e));
      return said -> answer(gone);
    }
    return said -> {
      ItemDecision decision = said.decision();
      Throwable thrown = said.thrown();
      if (thrown instanceof Questions.Stopped) {
        return CompletableFuture.failedFuture(thrown);
      }
      return thrown == null && decision != null
          ? verdict(said.standing(), decision, conditions)
          : answer(policyFailed(about, thrown == null ? new NullPointerException() : thrown));
    };
  }

  private static Decided policyFailed(Policies.About about, Throwable thrown) {
    if (!(thrown instanceof Questions.Unanswered)) {
      RunStore.Owned run = about.run();
      UserCode.warn("The policy of '" + run.unit() + "' failed in run " + run.id(), thrown);
    }
    return failed(about.statistics(), Failures.of(thrown, Message.POLICY_FAILED));
  }

  private static CompletableFuture<Policies.Answer> verdict(
      ItemStanding standing, ItemDecision decision, Results.Conditions conditions) {
    ItemStatistics at = standing.statistics();
    return switch (decision) {
      case CONTINUE -> standing.over() ? completed(at, conditions, true) : answer(null);
      case COMPLETE -> completed(at, conditions, false);
      case FAIL -> {
        String message = Message.ITEMS_FAILED.with(at.failed(), at.total());
        yield answer(failed(at, new Failure("ItemsFailed", message, "", null)));
      }
      case CANCEL -> answer(canceled(at, "cancelled by its policy"));
    };
  }

  private static CompletableFuture<Policies.Answer> answer(@Nullable Decided decided) {
    return CompletableFuture.completedFuture(new Policies.Answer(decided));
  }

  private static Decided failed(ItemStatistics asked, Failure failure) {
    return new Decided(new Verdict(RunState.FAILED, failure, null, null), asked, false);
  }

  private static Decided canceled(ItemStatistics asked, String by) {
    return new Decided(Verdict.canceled(by), asked, false);
  }

  private static CompletableFuture<Policies.Answer> completed(
      ItemStatistics asked, Results.Conditions conditions, boolean over) {
    return conditions
        .ask(summary(asked))
        .thenApply(choices -> new Verdict(RunState.COMPLETED, null, null, choices))
        .thenApply(verdict -> new Policies.Answer(new Decided(verdict, asked, over)));
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
