package io.synchronik.impl.boot;

import io.synchronik.impl.node.Loop;
import io.synchronik.impl.node.OpenCallerReport;
import io.synchronik.impl.store.schema.FreshTables;
import io.synchronik.impl.tx.Transactions;
import java.util.List;
import java.util.stream.Stream;

/** What the loop of a node does, in this order. */
final class LoopSteps {
  private static final long MOST_WAITED_MILLIS = 1000;

  private final Parts parts;
  private final UseCases uses;
  private final RunningParts running;
  private final Transactions transactions;
  private final FreshTables freshTables = new FreshTables();

  LoopSteps(Parts parts, UseCases uses, RunningParts running) {
    this.parts = parts;
    this.uses = uses;
    this.running = running;
    this.transactions = parts.core.transactions();
  }

  List<Loop.Step> all() {
    return Stream.of(intake(), upkeep(), news(), running.items.steps())
        .flatMap(List::stream)
        .toList();
  }

  private List<Loop.Step> intake() {
    return List.of(
        new Loop.Step("end pauses", running.sync::endPauses),
        new Loop.Step("arm what waits in vain", running.sync::endWaits),
        new Loop.Step("look for what is due", running.sync::refresh),
        new Loop.Step("admit what was asked for", running.intake::submitted),
        new Loop.Step("claim what is ready, and settle what is owed", running.intake::look),
        new Loop.Step("move processes on", running.decisions::refresh),
        new Loop.Step("move pools on", running.pools::look));
  }

  private List<Loop.Step> upkeep() {
    return List.of(
        new Loop.Step("forget ended tasks of pools", uses.pools.memory()::forgetEnded),
        new Loop.Step("pass on cancellations", running.runningRuns::cancelAsked),
        new Loop.Step("take over from lost nodes", running.watcher::takeOver),
        new Loop.Step("give back what nobody works on", running.runningRuns::giveBackLost),
        new Loop.Step(
            "give back what waits for a thread",
            () -> running.taken.giveBack(running.lease.takesIn() ? MOST_WAITED_MILLIS : 0)),
        new Loop.Step("settle doubtful commits", transactions::settleDoubts),
        new Loop.Step("write progress", running.runningRuns::writeProgress),
        new Loop.Step("write what attempts say", running.outputs::write),
        new Loop.Step("report stuck attempts", running.runningRuns::report),
        new Loop.Step("report open transactions", new OpenCallerReport(parts.core)::report),
        new Loop.Step("report blocked observers", this::reportBlocked));
  }

  private List<Loop.Step> news() {
    return List.of(
        new Loop.Step("pass on outcomes", () -> parts.telling.look(uses.runs.views())),
        new Loop.Step("remove released units", uses.definitions::removeReleased),
        new Loop.Step("count rows of filling tables", this::countFilling),
        new Loop.Step("number the journal", uses.feed::number),
        new Loop.Step("hand on the journal", uses.feed::feed),
        new Loop.Step("count what happened", uses.counting::count));
  }

  private void reportBlocked() {
    parts.strands.reportBlocked();
    parts.observing.reportBlocked();
  }

  private void countFilling() {
    transactions.own(
        tx -> {
          freshTables.count(tx.session());
          return null;
        });
  }
}
