package io.synchronik.impl.boot;

import io.synchronik.impl.exec.Dispatcher;
import io.synchronik.impl.exec.EngineThreads;
import io.synchronik.impl.exec.Execution;
import io.synchronik.impl.exec.Job;
import io.synchronik.impl.exec.Questions;
import io.synchronik.impl.exec.Strands;
import io.synchronik.impl.flow.Choices;
import io.synchronik.impl.flow.DecisionLane;
import io.synchronik.impl.flow.Decisions;
import io.synchronik.impl.item.Enumerations;
import io.synchronik.impl.item.ItemAdditions;
import io.synchronik.impl.item.RunningItems;
import io.synchronik.impl.item.claim.ItemSlice;
import io.synchronik.impl.item.claim.ItemSlots;
import io.synchronik.impl.journal.Journal;
import io.synchronik.impl.journal.JournalFeed;
import io.synchronik.impl.journal.Milestones;
import io.synchronik.impl.lifecycle.AttemptEnd;
import io.synchronik.impl.lifecycle.RunChange;
import io.synchronik.impl.lifecycle.Timers;
import io.synchronik.impl.monitor.RunCounting;
import io.synchronik.impl.node.Loop;
import io.synchronik.impl.node.Neighbours;
import io.synchronik.impl.node.NodeIdentity;
import io.synchronik.impl.node.NodeLease;
import io.synchronik.impl.node.OpenCallerReport;
import io.synchronik.impl.node.Recovery;
import io.synchronik.impl.node.Statistics;
import io.synchronik.impl.node.Watcher;
import io.synchronik.impl.pool.PoolDecisions;
import io.synchronik.impl.pool.PoolLane;
import io.synchronik.impl.pool.PoolMemory;
import io.synchronik.impl.run.Admissions;
import io.synchronik.impl.run.Claims;
import io.synchronik.impl.run.Orphans;
import io.synchronik.impl.run.OutcomeTelling;
import io.synchronik.impl.run.RejectedRuns;
import io.synchronik.impl.run.Rejections;
import io.synchronik.impl.run.RunEnds;
import io.synchronik.impl.run.RunLosses;
import io.synchronik.impl.run.Runs;
import io.synchronik.impl.run.Starts;
import io.synchronik.impl.run.attempt.Attempt;
import io.synchronik.impl.run.attempt.AttemptContexts;
import io.synchronik.impl.run.attempt.AttemptFailures;
import io.synchronik.impl.run.attempt.AttemptRunner;
import io.synchronik.impl.run.attempt.Completions;
import io.synchronik.impl.run.attempt.Results;
import io.synchronik.impl.run.attempt.RunAttempts;
import io.synchronik.impl.run.attempt.RunningRuns;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.Settings;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.store.schema.FreshTables;
import io.synchronik.impl.tell.Announcer;
import io.synchronik.impl.time.Firing;
import io.synchronik.impl.time.Intake;
import io.synchronik.impl.time.ScheduleBook;
import io.synchronik.impl.time.ScheduleSync;
import io.synchronik.impl.tx.EngineThread;
import io.synchronik.impl.tx.Json;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.Definitions;
import io.synchronik.impl.unit.ProcessModels;
import io.synchronik.impl.unit.RegisteredWorker;
import io.synchronik.impl.unit.Units;
import io.synchronik.run.Cause;
import io.synchronik.run.RunId;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Schedule;
import io.synchronik.unit.UnitId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** One start of the engine: its threads, and what they work on. */
final class RunningEngine {
  /** What lives as long as the application. */
  public record Parts(
      Core core,
      Timers timers,
      NodeIdentity identity,
      Announcer announcer,
      Json json,
      Strands strands,
      Strands observing) {}

  /** The use cases that threads of this start take part in. */
  record Uses(
      Units units,
      Definitions definitions,
      Runs runs,
      Starts starts,
      Decisions decisions,
      ProcessModels models,
      Milestones milestones,
      Statistics statistics,
      OutcomeTelling outcomes,
      JournalFeed feed,
      RunCounting counting,
      ItemAdditions additions,
      ItemSlots slots,
      DataSource datasource,
      PoolDecisions poolDecisions,
      PoolMemory poolMemory) {}

  /** How long a stop takes at most when everything ends, beside the grace. */
  private static final Duration AT_STOP = Duration.ofSeconds(10);

  private static final long MOST_WAITED_MILLIS = 1000;

  /** So long what tells the application may take at a stop, however short the grace. */
  private static final Duration LEAST_TOLD = Duration.ofSeconds(1);

  private final Parts parts;
  private final Uses uses;
  private final Core core;
  private final EngineThreads threads;
  private final NodeLease lease;
  private final Questions questions;
  private final Intake intake;
  private final Completions completions;
  private final Dispatcher dispatcher;
  private final RunAttempts attempts;
  private final RunningItems items;
  private final Neighbours neighbours;
  private final DecisionLane decisions;
  private final PoolLane pools;
  private final RejectedRuns rejected;
  private final RunningRuns runningRuns;
  private final Loop.Way way;
  private final Loop loop;
  private final Watcher watcher;
  private final FreshTables freshTables = new FreshTables();
  private final Instant startedAt;
  private final TakenWork taken;
  private final Startables startables;
  private volatile boolean begun;

  RunningEngine(Parts parts, Uses uses, Executor plain) {
    this.parts = parts;
    this.uses = uses;
    this.core = parts.core;
    Executor context = work -> plain.execute(() -> EngineThread.during(work));
    Settings settings = core.settings();
    Journal journal = core.journal();
    this.startedAt = core.clock().instant();
    this.threads =
        new EngineThreads(context, settings.identity().application(), settings.work().workers());
    this.lease = new NodeLease(core, threads, parts.identity, new Bearing());
    ScheduleBook book = new ScheduleBook(core.registry(), parts.timers);
    this.intake =
        new Intake(
            core,
            threads,
            book,
            lease,
            new Intake.Ways(
                new Firing(parts.timers, journal, uses.milestones, uses.starts),
                new Admissions(core.registry(), journal, uses.starts, this::skipped),
                new Claims(uses.starts, uses.starts.ledger()),
                uses.starts.ledger(),
                run -> decisions().offer(run)),
            uses.statistics);
    RunEnds ends = new RunEnds(journal, uses.milestones, uses.starts.ledger(), parts.json);
    this.completions = new Completions(core.transactions(), ends, new AfterEnds());
    this.questions =
        new Questions(
            new Strands(context, settings.identity().application()),
            threads,
            core.code()::through,
            core.clock(),
            settings.work().answerLimit());
    Results results = new Results(parts.json, new Choices(core, uses.models, questions));
    AttemptRunner runner =
        new AttemptRunner(
            core.transactions(),
            completions,
            threads,
            new AttemptContexts(
                core.transactions(), parts.json, uses.milestones, threads.subTasks(), core.code()),
            new AttemptRunner.Ways(
                results,
                new Enumerations(
                    core.transactions(), threads, uses.additions, uses.slots, parts.json),
                core.code(),
                questions),
            settings);
    this.neighbours = new Neighbours(core, threads, lease, uses.datasource, this::workElsewhere);
    this.items =
        new RunningItems(
            new RunningItems.Uses(
                core,
                parts.observing,
                parts.json,
                uses.statistics,
                uses.additions,
                uses.slots,
                uses.milestones,
                results,
                questions),
            threads,
            lease,
            new RunningItems.Ways(ends, this::ended, neighbours::thereIsWork));
    this.dispatcher =
        new Dispatcher(
            job -> run(runner, job), this::lost, settings.work().workers(), this::slotFreed);
    this.items.prepare(dispatcher, intake);
    this.attempts = new RunAttempts(core.registry(), dispatcher);
    this.decisions = new DecisionLane(core, uses.decisions, lease, intake);
    this.runningRuns = new RunningRuns(core, dispatcher, attempts, uses.milestones, ends);
    this.pools = new PoolLane(core, uses.poolDecisions, lease, intake);
    this.rejected =
        new RejectedRuns(new Rejections(core, uses.statistics, uses.milestones), parts.observing);
    ScheduleSync sync = new ScheduleSync(core, book, uses.units, uses.definitions, intake);
    this.way = Loop.Way.of(core.transactions());
    this.loop = new Loop(way, Stream.concat(steps(sync).stream(), items.steps().stream()).toList());
    this.watcher =
        new Watcher(
            core,
            new Recovery(core, parts.identity, List.of(new RunLosses(core, ends), items.losses())),
            new Watcher.Rest(
                new Orphans(core, parts.identity, ends)::end,
                intake::ready,
                PoolMemory.IMPLEMENTATION),
            lease);
    this.taken = new TakenWork(dispatcher, attempts, completions, items, questions);
    this.startables = new Startables(settings.identity().application(), plain);
  }

  private void run(AttemptRunner runner, Job job) {
    if (job instanceof Attempt attempt) {
      runner.run(attempt);
    } else if (job instanceof ItemSlice slice) {
      items.run(slice);
    }
  }

  /** The execution of a job has gone without an end: its claim is given back. */
  private void lost(Job job) {
    if (job instanceof Attempt attempt) {
      AttemptEnd end = AttemptFailures.lost(attempt, attempt.config());
      completions.offer(new Completions.Ended(attempt, end));
    } else if (job instanceof ItemSlice slice) {
      items.lost(slice);
    }
  }

  /** Other nodes say that there is work. */
  private void workElsewhere() {
    intake.submitted();
    intake.ready();
    items.refresh();
  }

  private void slotFreed() {
    intake.slotFreed();
    items.slotFreed();
  }

  /** Returns whether it works, as the application has started. */
  boolean hasBegun() {
    return begun;
  }

  /** A run is to be cancelled, on whatever node it is. */
  void cancelAsked(String run, String by) {
    if (!dispatcher.interrupt(run, new Execution.Stop.Cancelled(by))) {
      items.refresh();
    }
  }

  private List<Loop.Step> steps(ScheduleSync sync) {
    return List.of(
        new Loop.Step("end pauses", sync::endPauses),
        new Loop.Step("arm what waits in vain", sync::endWaits),
        new Loop.Step("look for what is due", sync::refresh),
        new Loop.Step("admit what was asked for", intake::submitted),
        new Loop.Step("claim what is ready, and settle what is owed", intake::look),
        new Loop.Step("move processes on", () -> decisions().refresh()),
        new Loop.Step("move pools on", () -> pools().look()),
        new Loop.Step("forget ended tasks of pools", uses.poolMemory::forgetEnded),
        new Loop.Step("pass on cancellations", runningRuns::cancelAsked),
        new Loop.Step("take over from lost nodes", () -> watcher().takeOver()),
        new Loop.Step("give back what nobody works on", runningRuns::giveBackLost),
        new Loop.Step(
            "give back what waits for a thread",
            () -> taken().giveBack(lease.takesIn() ? MOST_WAITED_MILLIS : 0)),
        new Loop.Step("settle doubtful commits", core.transactions()::settleDoubts),
        new Loop.Step("write progress", runningRuns::writeProgress),
        new Loop.Step("report stuck attempts", runningRuns::report),
        new Loop.Step("report open transactions", new OpenCallerReport(core)::report),
        new Loop.Step("report blocked observers", this::reportBlocked),
        new Loop.Step("pass on outcomes", () -> uses.outcomes.look(uses.runs)),
        new Loop.Step("remove released units", uses.definitions::removeReleased),
        new Loop.Step("count rows of filling tables", this::countFilling),
        new Loop.Step("number the journal", uses.feed::number),
        new Loop.Step("hand on the journal", uses.feed::feed),
        new Loop.Step("count what happened", uses.counting::count));
  }

  /** Is there for those who call; nothing begins yet. Starts all of that, or nothing. */
  void start() {
    startables.start(callable(), AT_STOP);
  }

  /** Begins to work, or starts nothing and stops all. */
  void begin() {
    startables.start(working(), AT_STOP);
    begun = true;
  }

  /** Stops claiming, drains, interrupts, and ends all threads: within the grace and a little. */
  void stop() {
    startables.stop(core.settings().work().stopGrace().plus(AT_STOP));
  }

  /** What callers need, in the order of its start. */
  private List<Startable> callable() {
    return List.of(
        new Startable("give the lease back", lease::register, within -> giveLeaseBack()),
        Startable.atStop("end all threads", threads::end),
        Startable.atStop("end what tells the application", parts.strands::close),
        Startable.atStop("tell who waits for runs", this::endOutcomes));
  }

  /** What works, in the order of its start; it stops in reverse. */
  private List<Startable> working() {
    return List.of(
        new Startable("end the heartbeat", lease::start, within -> lease.stop()),
        new Startable("announce what is left", this::startTelling, parts.announcer::stop),
        Startable.atStop("number the journal", within -> uses.feed.number()),
        new Startable("move pools on", () -> pools.start(threads, attempts), pools::stop),
        new Startable(
            "move processes on", () -> decisions.start(threads, attempts), decisions::stop),
        new Startable("record ends of items", items::start, items::stop),
        new Startable(
            "record ends of attempts", () -> completions.start(threads), completions::stop),
        new Startable("ask the application nothing more", questions::open, questions::close),
        new Startable(
            "end what runs",
            () -> taken.start(threads),
            within -> taken.drain(core.settings().work().stopGrace()),
            core.settings().work().stopGrace().plus(Startable.USUAL)),
        Startable.atStop("begin nothing new", within -> beginNothing()),
        new Startable("leave the other nodes", neighbours::start, neighbours::stop),
        Startable.atStop("claim no items", items::stopClaiming),
        new Startable("take nothing in", () -> intake.start(attempts), intake::stop),
        new Startable("end the timers", this::startTimers, parts.timers::stop),
        new Startable(
            "wait for the database no longer",
            () -> core.transactions().waitForDatabase(true),
            within -> core.transactions().waitForDatabase(false)));
  }

  private void startTelling() {
    parts.strands.open(threads);
    parts.announcer.start(threads);
  }

  private void startTimers() {
    Settings.Pace pace = core.settings().pace();
    parts.timers.start(intake::due);
    repeat("loop", pace.loop(), loop);
    repeat("watcher", pace.watcher(), Loop.of(way, "scan", () -> watcher.scan(false)));
    if (!pace.stats().isZero()) {
      repeat("stats", pace.stats(), Loop.of(way, "tell statistics", this::emitStats));
    }
  }

  private void repeat(String name, Duration interval, Loop repeated) {
    parts.timers.repeat(name, interval, () -> EngineThread.during(repeated::tick));
  }

  private void emitStats() {
    uses.milestones.emitNow("engine:stats", uses.statistics.read(present()));
  }

  Statistics.Present present() {
    return new Statistics.Present(
        true,
        startedAt,
        dispatcher.busy(),
        runningRuns.stuck(),
        Stream.concat(
                threads.standings().stream(),
                Stream.of(
                    parts.observing.standing("telling observers"),
                    parts.strands.standing("telling the application")))
            .toList());
  }

  private void countFilling() {
    core.transactions()
        .own(
            tx -> {
              freshTables.count(tx.session());
              return null;
            });
  }

  private void skipped(RunStore.Submitted run, String reason) {
    told(run.origin());
    uses.outcomes.ended(
        new UnitId(run.unit()),
        new RunId(run.id()),
        () ->
            new RunOutcome(
                new RunId(run.id()), RunState.SKIPPED, parts.json.payload(null), null, reason));
  }

  /** A run has ended; a process or a pool may go on. */
  private void told(RunStore.Origin origin) {
    RunStore.Part part = origin.part();
    if (part != null) {
      decisions.offer(part.run());
    } else if (origin.cause() == Cause.POOL) {
      pools.look();
    }
  }

  private String stopped() {
    return Message.NOT_RUNNING.with(core.settings().identity().application());
  }

  private void beginNothing() {
    decisions.ownNothing();
    pools.beginNothing();
  }

  private void endOutcomes(Duration within) {
    Duration grace = core.settings().work().stopGrace();
    Duration most = grace.compareTo(LEAST_TOLD) < 0 ? LEAST_TOLD : grace;
    // Open already, unless it never began
    parts.strands.open(threads);
    uses.outcomes.stop(stopped(), most.compareTo(within) < 0 ? most : within);
  }

  private void reportBlocked() {
    parts.strands.reportBlocked();
    parts.observing.reportBlocked();
  }

  /** Work that could not be ended here must not begin elsewhere before the lease has passed. */
  private void giveLeaseBack() {
    try {
      if (taken.isDrained()) {
        lease.release();
      }
    } finally {
      core.journal().untold().ended();
    }
  }

  private TakenWork taken() {
    return taken;
  }

  Intake intake() {
    return intake;
  }

  DecisionLane decisions() {
    return decisions;
  }

  PoolLane pools() {
    return pools;
  }

  Dispatcher dispatcher() {
    return dispatcher;
  }

  public RunningItems items() {
    return items;
  }

  Loop loop() {
    return loop;
  }

  Watcher watcher() {
    return watcher;
  }

  /** A run has become final by the commit of its last attempt, or of its items. */
  private void ended(RunStore.Owned run, RunChange change) {
    String unit = run.unit();
    if (change.state() == RunState.COMPLETED) {
      uses.statistics.completed();
    } else if (change.state() == RunState.FAILED) {
      uses.statistics.failed();
    }
    uses.outcomes.ended(
        new UnitId(unit), new RunId(run.id()), () -> Completions.outcome(run, change, parts.json));
    RegisteredWorker worker = core.registry().worker(unit);
    if (worker != null
        && core.registry().config(worker).schedule() instanceof Schedule.Every every
        && every.mode() == IntervalMode.FIXED_DELAY) {
      intake.changed(unit);
    }
    intake.ended(unit);
    told(run.context().origin());
  }

  /** There is an order for a node, which may be this one. */
  void ordered(String incarnation) {
    if (incarnation.equals(lease.claimer().incarnation())) {
      lease.look();
    }
  }

  private final class Bearing implements NodeLease.Bearer {
    @Override
    public void lost() {
      taken().forget();
    }

    @Override
    public void takesIn(boolean again) {
      dispatcher().takeIn(again);
      if (again) {
        workElsewhere();
      }
    }

    @Override
    public boolean isEmpty() {
      return dispatcher().isEmpty() && attempts().isEmpty() && items().isEmpty();
    }

    @Override
    public Statistics.Load load() {
      return uses.statistics.load(dispatcher().busy(), stuck());
    }
  }

  private RunAttempts attempts() {
    return attempts;
  }

  private int stuck() {
    return runningRuns.stuck();
  }

  private final class AfterEnds implements Completions.Followers {
    @Override
    public void applied(Attempt attempt, RunChange change) {
      attempts.settled(attempt.owned());
      if (change.state().isFinal()) {
        ended(attempt.owned(), change);
      } else if (change.state() == RunState.RUNNING) {
        items.enumerated();
      } else if (change.dueAt() != null) {
        intake.readyAt(change.dueAt());
      }
    }

    @Override
    public void rejected(Attempt attempt) {
      attempts.settled(attempt.owned());
      rejected.offer(attempt.owned());
    }
  }
}
