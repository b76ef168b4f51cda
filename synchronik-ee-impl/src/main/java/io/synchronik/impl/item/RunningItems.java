package io.synchronik.impl.item;

import io.synchronik.impl.exec.Dispatcher;
import io.synchronik.impl.exec.EngineThreads;
import io.synchronik.impl.exec.Execution;
import io.synchronik.impl.exec.Questions;
import io.synchronik.impl.exec.Strands;
import io.synchronik.impl.item.add.ItemAdditions;
import io.synchronik.impl.item.add.ItemSignals;
import io.synchronik.impl.item.claim.ItemClaims;
import io.synchronik.impl.item.claim.ItemIntake;
import io.synchronik.impl.item.claim.ItemSlice;
import io.synchronik.impl.item.claim.ItemSlots;
import io.synchronik.impl.journal.Milestones;
import io.synchronik.impl.lifecycle.AttemptEnd;
import io.synchronik.impl.lifecycle.RunChange;
import io.synchronik.impl.node.Loop;
import io.synchronik.impl.node.NodeLease;
import io.synchronik.impl.node.Statistics;
import io.synchronik.impl.run.RunEnds;
import io.synchronik.impl.run.attempt.Results;
import io.synchronik.impl.settings.Settings;
import io.synchronik.impl.store.item.ItemSets;
import io.synchronik.impl.store.item.ItemStore;
import io.synchronik.impl.store.item.NewItems;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.time.Intake;
import io.synchronik.impl.tx.Json;
import io.synchronik.impl.unit.Core;
import io.synchronik.item.ItemNotice;
import io.synchronik.run.ItemId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The work on items of one start of the engine: its threads, and what follows their commits. */
public final class RunningItems implements ItemSignals {
  private final Core core;
  private final EngineThreads threads;
  private final NodeLease lease;
  private final ItemSlots slots;
  private final ItemNews news;
  private final ItemEnds ends;
  private final ItemLosses losses;
  private final ItemDeadlines deadlines;
  private final ItemRunner runner;
  private final Policies policies;
  private final ItemDecisions decisions;
  private final ItemDecisionLane lane;
  private final Runnable tellOthers;
  private @Nullable ItemIntake intake;
  private @Nullable ItemInterrupts interrupts;

  /**
   * What the engine has made already.
   *
   * @param core of the engine
   * @param strands where hooks are told
   * @param json reads payloads
   * @param statistics of the node
   * @param additions of items
   * @param slots of counters
   * @param results of runs
   * @param questions what the application is asked
   */
  public record Uses(
      Core core,
      Strands strands,
      Json json,
      Statistics statistics,
      ItemAdditions additions,
      ItemSlots slots,
      Milestones milestones,
      Results results,
      Questions questions) {}

  /**
   * Where ends of runs, and news for other nodes, go.
   *
   * @param ends writes ends of runs
   * @param ended told of runs that have ended by their items
   * @param tellOthers tells other nodes that there is work
   */
  public record Ways(
      RunEnds ends, BiConsumer<RunStore.Owned, RunChange> ended, Runnable tellOthers) {}

  public RunningItems(Uses uses, EngineThreads threads, NodeLease lease, Ways ways) {
    this.tellOthers = ways.tellOthers;
    this.core = uses.core;
    this.threads = threads;
    this.lease = lease;
    this.slots = uses.slots;
    this.news = new ItemNews(core, uses.strands);
    Settings settings = core.settings();
    this.ends =
        new ItemEnds(
            core.transactions(),
            core.journal(),
            uses.slots,
            new AfterItems(core, uses.statistics, news, this));
    this.losses = new ItemLosses(core, ends);
    this.deadlines = new ItemDeadlines(core, uses.slots, this);
    this.runner =
        new ItemRunner(
            core.transactions(),
            ends,
            threads,
            new ItemRunner.Ways(
                new ItemContexts(
                    core.transactions(),
                    uses.additions,
                    uses.milestones,
                    threads.subTasks(),
                    core.code()),
                uses.json,
                core.code(),
                uses.questions),
            settings);
    this.policies = new Policies(new PolicyQuestions(uses.questions), this::moved, this::movedOn);
    this.decisions =
        new ItemDecisions(
            core,
            ways.ends,
            uses.results,
            uses.slots,
            new ItemRetries(core, uses.slots, this),
            policies,
            new AfterDecisions(ways.ended));
    this.lane = new ItemDecisionLane(decisions, policies, lease, threads);
  }

  /** Can be told of items; nothing begins yet. */
  public void prepare(Dispatcher target, Intake runs) {
    intake = new ItemIntake(core, lease, target, runs, new ItemClaims(slots), new AfterClaims());
    interrupts = new ItemInterrupts(core.transactions(), target, intake);
  }

  public void start() {
    ends.start(threads);
    lane.start();
    intake().start(threads);
  }

  public List<Loop.Step> steps() {
    return List.of(
        new Loop.Step("claim items that are ready", () -> intake().refresh()),
        new Loop.Step("decide about items", this::decide),
        new Loop.Step("end items whose deadline has passed", this::endOverdue),
        new Loop.Step("withdraw items of ended runs", () -> interrupts().interruptEnded()),
        new Loop.Step("give back items that nobody works on", this::giveBackLost),
        new Loop.Step("spread items that wait behind long ones", () -> intake().split()));
  }

  ItemIntake intake() {
    return Objects.requireNonNull(intake);
  }

  private ItemInterrupts interrupts() {
    return Objects.requireNonNull(interrupts);
  }

  ItemDecisionLane lane() {
    return lane;
  }

  Policies policies() {
    return policies;
  }

  private void decide() {
    lane.refresh();
  }

  private void endOverdue() {
    int ended;
    do {
      ended = core.transactions().own(tx -> deadlines.end(tx));
    } while (ended == ItemDeadlines.BITE);
  }

  private void giveBackLost() {
    losses.giveBackLost(owned -> intake().lost(owned));
  }

  /** Executes a slice on the calling thread. */
  public void run(ItemSlice slice) {
    long began = System.nanoTime();
    interrupts().begins(slice);
    int calls = runner.run(slice);
    intake().took(slice, calls, System.nanoTime() - began);
  }

  public void slotFreed() {
    ItemIntake present = intake;
    if (present != null) {
      present.slotFreed();
    }
  }

  /** Records that items of a slice go on elsewhere, or here later. */
  public void giveBack(ItemSlice slice) {
    slice.stop(new Execution.Stop.NodeStops());
    runner.run(slice);
  }

  /** The execution of a slice was lost on the way: what is left of it goes on elsewhere. */
  public void lost(ItemSlice slice) {
    List<ItemStore.Owned> rest = slice.rest();
    try {
      AttemptEnd end = ItemRunner.lost(slice);
      ends.offer(rest.stream().map(item -> new ItemEnds.Ended(slice.run(), item, end)).toList());
    } catch (RuntimeException | Error e) {
      // Found as claims that nobody works on
      rest.forEach(intake()::settled);
      throw e;
    }
  }

  /** Forgets the items of a slice: others have taken them over. */
  public void forget(ItemSlice slice) {
    slice.rest().forEach(intake()::settled);
  }

  public ItemLosses losses() {
    return losses;
  }

  /** Claims nothing any more. */
  public void stopClaiming(Duration atMost) {
    intake().stop(atMost);
  }

  /** Records what is queued and ends. */
  public void stop(Duration atMost) {
    ends.stop(atMost);
    lane.stop(atMost);
  }

  @Override
  public void added(ItemSets.Found set, List<NewItems.New> items) {
    if (set.state() == ItemSets.State.ACTIVE && !set.entry().manual()) {
      if (items.stream().anyMatch(item -> item.mutex() != null)) {
        intake().refresh();
      }
      ready(set.id());
    }
    Instant next = null;
    for (NewItems.New item : items) {
      Instant due = item.times().dueAt();
      next = due != null && (next == null || due.isBefore(next)) ? due : next;
    }
    if (next != null) {
      intake().readyAt(next);
    }
    news.initialized(set, items);
  }

  @Override
  public void ready(long set) {
    intake().ready(set);
    tellOthers.run();
  }

  @Override
  public void moved(long set) {
    lane.offer(set);
  }

  private void movedOn(long set) {
    lane.offerLater(set);
  }

  @Override
  public void bulk() {
    lane.withdraw();
  }

  @Override
  public void canceled(String unit, ItemNotice item) {
    news.canceled(unit, item);
  }

  @Override
  public void withdrawn(ItemId item, String by) {
    interrupts().interrupt(item, by);
    lane.offer(item.set());
  }

  /** Returns whether this node holds no item. */
  public boolean isEmpty() {
    ItemIntake present = intake;
    return present == null || present.heldSets().isEmpty();
  }

  /** All items of a run are added, or somebody wants it cancelled. */
  public void refresh() {
    intake().refresh();
    lane.refresh();
  }

  /** All items of a run are added: other nodes can work on them too. */
  public void enumerated() {
    refresh();
    tellOthers.run();
  }

  private final class AfterClaims implements ItemIntake.Followers {
    @Override
    public void released() {
      tellOthers.run();
    }

    @Override
    public void giveBack(ItemSlice.ItemRun run, List<ItemStore.Owned> items) {
      ends.offer(
          items.stream()
              .map(item -> new ItemEnds.Ended(run, item, new AttemptEnd.Interrupted()))
              .toList());
    }
  }

  private final class AfterDecisions implements ItemDecisions.Followers {
    private final BiConsumer<RunStore.Owned, RunChange> runEnded;

    AfterDecisions(BiConsumer<RunStore.Owned, RunChange> runEnded) {
      this.runEnded = runEnded;
    }

    @Override
    public void ended(long set, RunStore.Owned run, RunChange change) {
      ends.forget(set);
      runEnded.accept(run, change);
    }

    @Override
    public void ending() {
      lane.withdraw();
    }

    @Override
    public void moved(long set) {
      lane.offer(set);
    }

    @Override
    public void withdrawn(long set, String why) {
      interrupts().interrupt(set, why);
      lane.refresh();
    }
  }
}
