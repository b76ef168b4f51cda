package io.synchronik.impl.boot;

import io.synchronik.impl.bulk.BulkLane;
import io.synchronik.impl.exec.Dispatcher;
import io.synchronik.impl.exec.EngineThreads;
import io.synchronik.impl.exec.Job;
import io.synchronik.impl.exec.Questions;
import io.synchronik.impl.exec.Strands;
import io.synchronik.impl.flow.Choices;
import io.synchronik.impl.flow.DecisionLane;
import io.synchronik.impl.item.RunningItems;
import io.synchronik.impl.item.add.Enumerations;
import io.synchronik.impl.item.claim.ItemSlice;
import io.synchronik.impl.journal.Journal;
import io.synchronik.impl.lifecycle.AttemptEnd;
import io.synchronik.impl.node.Neighbours;
import io.synchronik.impl.node.NodeLease;
import io.synchronik.impl.node.Recovery;
import io.synchronik.impl.node.Watcher;
import io.synchronik.impl.output.Outputs;
import io.synchronik.impl.pool.PoolLane;
import io.synchronik.impl.pool.PoolMemory;
import io.synchronik.impl.run.Admissions;
import io.synchronik.impl.run.Claims;
import io.synchronik.impl.run.Orphans;
import io.synchronik.impl.run.RejectedRuns;
import io.synchronik.impl.run.Rejections;
import io.synchronik.impl.run.RunEnds;
import io.synchronik.impl.run.RunLosses;
import io.synchronik.impl.run.attempt.Attempt;
import io.synchronik.impl.run.attempt.AttemptContexts;
import io.synchronik.impl.run.attempt.AttemptFailures;
import io.synchronik.impl.run.attempt.AttemptRunner;
import io.synchronik.impl.run.attempt.Completions;
import io.synchronik.impl.run.attempt.Results;
import io.synchronik.impl.run.attempt.RunAttempts;
import io.synchronik.impl.run.attempt.RunningRuns;
import io.synchronik.impl.settings.Settings;
import io.synchronik.impl.time.Firing;
import io.synchronik.impl.time.Intake;
import io.synchronik.impl.time.ScheduleBook;
import io.synchronik.impl.time.ScheduleSync;
import io.synchronik.impl.tx.EngineThread;
import io.synchronik.impl.unit.Core;
import java.util.List;
import java.util.concurrent.Executor;

/** What works in one start of the engine: its threads, and who takes in, executes and records. */
final class RunningParts {
  final EngineThreads threads;
  final NodeLease lease;
  final ScheduleSync sync;
  final Intake intake;
  final Questions questions;
  final Completions completions;
  final Outputs outputs;
  final Neighbours neighbours;
  final RunningItems items;
  final Dispatcher dispatcher;
  final RunAttempts attempts;
  final DecisionLane decisions;
  final PoolLane pools;
  final BulkLane bulk;
  final RunningRuns runningRuns;
  final RejectedRuns rejected;
  final Watcher watcher;
  final TakenWork taken;

  RunningParts(Parts parts, UseCases uses) {
    Core core = parts.core;
    Settings settings = core.settings();
    Journal journal = core.journal();
    Executor context = work -> parts.platform.context().execute(() -> EngineThread.during(work));
    AfterRuns after = new AfterRuns(parts, uses, this);
    this.threads =
        new EngineThreads(context, settings.identity().application(), settings.work().workers());
    this.lease = new NodeLease(core, threads, parts.identity, new NodeBearing(uses, this));
    ScheduleBook book = new ScheduleBook(core.registry(), parts.timers);
    this.intake =
        new Intake(
            core,
            threads,
            book,
            lease,
            new Intake.Ways(
                new Firing(parts.timers, journal, uses.milestones, uses.starts),
                new Admissions(core.registry(), journal, uses.starts, after::skipped),
                new Claims(uses.starts, uses.starts.ledger()),
                uses.starts.ledger(),
                this::moved),
            uses.statistics);
    this.sync = new ScheduleSync(core, book, uses.units, uses.definitions, intake);
    RunEnds ends = new RunEnds(journal, uses.milestones, uses.starts.ledger(), parts.json);
    this.completions = new Completions(core.transactions(), ends, after);
    this.questions =
        new Questions(
            new Strands(context, settings.identity().application()),
            threads,
            core.code()::through,
            core.clock(),
            settings.work().answerLimit());
    Results results = new Results(parts.json, new Choices(core, uses.models, questions));
    this.outputs = new Outputs(core.transactions(), core.clock());
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
                questions,
                outputs),
            settings);
    this.neighbours =
        new Neighbours(core, threads, lease, parts.platform.datasource(), this::workElsewhere);
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
            new RunningItems.Ways(ends, after::ended, neighbours::thereIsWork));
    this.dispatcher =
        new Dispatcher(
            job -> run(runner, job), this::lost, settings.work().workers(), this::slotFreed);
    this.items.prepare(dispatcher, intake);
    this.attempts = new RunAttempts(core.registry(), dispatcher);
    this.decisions = new DecisionLane(core, uses.decisions, lease, intake);
    this.runningRuns = new RunningRuns(core, dispatcher, attempts, uses.milestones, ends);
    this.pools = new PoolLane(core, uses.poolDecisions, lease, intake);
    this.bulk = new BulkLane(core, uses.bulk, lease);
    this.rejected =
        new RejectedRuns(new Rejections(core, uses.statistics, uses.milestones), parts.observing);
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
      try {
        AttemptEnd end = AttemptFailures.lost(attempt, attempt.config());
        completions.offer(new Completions.Ended(attempt, end));
      } catch (RuntimeException | Error e) {
        // Found as a claim that nobody works on
        attempts.settled(attempt.owned());
        throw e;
      }
    } else if (job instanceof ItemSlice slice) {
      items.lost(slice);
    }
  }

  private void moved(String processRun) {
    decisions.offer(processRun);
  }

  /** Other nodes say that there is work. */
  void workElsewhere() {
    intake.submitted();
    intake.ready();
    items.refresh();
  }

  private void slotFreed() {
    intake.slotFreed();
    items.slotFreed();
  }
}
