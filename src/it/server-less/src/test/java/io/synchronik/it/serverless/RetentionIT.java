package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.JournalQuery;
import io.synchronik.RunQuery;
import io.synchronik.WatcherReport;
import io.synchronik.event.JournalEntry;
import io.synchronik.event.Milestone;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunId;
import io.synchronik.run.RunState;
import io.synchronik.run.RunView;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the watcher removes of the history. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class RetentionIT extends SharedNode {

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder
        .setting("synchronik.history.runs", "3")
        .setting("synchronik.history.retain", "1h");
  }

  @Test
  void onlyTheLatestRunsOfEachUnitAreKept() {
    register("many", run -> "done");
    register("few", run -> "done");
    List<RunId> runs = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      RunHandle run = manager.runWorkerById("many");
      run.join(Probe.PATIENCE);
      runs.add(run.id());
    }
    RunHandle few = manager.runWorkerById("few");
    few.join(Probe.PATIENCE);

    WatcherReport report = manager.runWatcherScan();

    assertThat(report.scanned()).isTrue();
    assertThat(report.removedRuns()).isEqualTo(2);
    assertThat(manager.findRuns(RunQuery.LATEST.ofUnit("many")).items())
        .extracting(RunView::id)
        .containsExactly(runs.get(4), runs.get(3), runs.get(2));
    assertThat(few.state()).isEqualTo(RunState.COMPLETED);
    assertThat(unit("many").statistics().runs()).isEqualTo(5);
    assertThat(manager.runWatcherScan().removedRuns()).isZero();
  }

  @Test
  void oldRunsAndEventsAreRemovedAndOpenRunsStay() throws Exception {
    Held held = Held.interruptibly();
    register("old", run -> "done");
    register("old-and-open", held);
    RunHandle old = manager.runWorkerById("old");
    old.join(Probe.PATIENCE);
    RunHandle young = manager.runWorkerById("old");
    young.join(Probe.PATIENCE);
    RunHandle open = manager.runWorkerById("old-and-open");
    held.awaitBegun();
    manager.emitMilestone("old milestone", null);
    manager.emitMilestone("young milestone", null);
    manager.runLoopOnce();
    long position = manager.journalPosition();
    Timestamp before =
        Timestamp.from(manager.getRegistrySnapshot().at().minus(Duration.ofMinutes(61)));
    database.execute(
        "update sk_run set ended_at = ?, started_at = ? where id = ?",
        before,
        before,
        old.id().value());
    database.execute(
        "update sk_run set submitted_at = ?, started_at = ? where id = ?",
        before,
        before,
        open.id().value());
    database.execute(
        """
        update sk_event_batch set at = ? where id in (
          select batch from sk_event where data like '%old milestone%')
        """,
        before);

    assertThat(manager.runWatcherScan().removedRuns()).isEqualTo(1);

    assertThat(manager.getRunById(old.id().value())).isEmpty();
    assertThat(young.state()).isEqualTo(RunState.COMPLETED);
    assertThat(open.state()).isEqualTo(RunState.RUNNING);
    assertThat(journal()).noneMatch(entry -> isMilestone("old milestone", entry));
    assertThat(journal()).anyMatch(entry -> isMilestone("young milestone", entry));
    assertThat(manager.journalPosition()).isGreaterThanOrEqualTo(position);
    held.letGo();
    assertThat(open.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
  }

  private List<JournalEntry> journal() {
    return manager.readJournal(new JournalQuery(0, null, Set.of(), 1000));
  }

  private static boolean isMilestone(String id, JournalEntry entry) {
    return entry.event() instanceof Milestone milestone && milestone.milestoneId().equals(id);
  }
}
