package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.event.JournalEntry;
import io.synchronik.it.serverless.Cluster.Member;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunId;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import io.synchronik.run.RunView;
import io.synchronik.schedule.Overlap;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import io.synchronik.worker.WorkerDefinition;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two nodes that work together. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterIT {

  @Worker(id = "tick", every = "50ms", misfireThreshold = "1h", overlap = Overlap.ALLOW)
  static class Tick implements Work<String> {
    @Override
    public String run(RunContext run) {
      return "tick";
    }
  }

  private Cluster cluster;
  private Member a;
  private Member b;

  @BeforeAll
  void start() {
    cluster = new Cluster();
    a = cluster.start("a", node -> node.beans(Tick.class));
    b = cluster.start("b", node -> node.beans(Tick.class));
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  @Test
  void eachDueTimeIsFiredOnceByEitherNode() {
    Await.until(
        Probe.PATIENCE,
        () ->
            number("select count(*) from sk_run where unit = 'tick' and state = 'completed'") > 30
                && number("select count(distinct node) from sk_run where unit = 'tick'") == 2);

    a.manager().disable("tick");
    assertThat(
            number(
                "select count(*) - count(distinct scheduled_at) from sk_run where unit = 'tick'"))
        .isZero();
    assertThat(
            number(
                "select extract(epoch from max(scheduled_at) - min(scheduled_at)) * 1000"
                    + " - (count(*) - 1) * 50 from sk_run where unit = 'tick'"))
        .isZero();
  }

  @Test
  void workIsSharedAndItsOutcomeIsToldWhereItWasAskedFor() {
    a.manager().updateUnitConfig("held", config -> config.overlap(Overlap.ALLOW));
    List<RunHandle> runs =
        LongStream.range(0, 6).mapToObj(i -> a.manager().runWorkerById("held")).toList();

    a.held().begun.awaitCount(1, run -> true, Probe.PATIENCE);
    b.held().begun.awaitCount(1, run -> true, Probe.PATIENCE);
    Await.until(
        Probe.PATIENCE, () -> a.held().begun.seen().size() + b.held().begun.seen().size() == 6);
    RunId there = b.held().begun.seen().get(0).run();
    for (int i = 0; i < 6; i++) {
      a.held().letGo();
      b.held().letGo();
    }

    for (RunHandle run : runs) {
      RunOutcome outcome = run.join(Probe.PATIENCE);
      assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
      assertThat(outcome.result().as(String.class)).isEqualTo("done");
    }
    assertThat(view(a, there).execution().node()).isEqualTo("b");
    a.manager().updateUnitConfig("held", config -> config.overlap(Overlap.SKIP));
    drainPermits();
  }

  private void drainPermits() {
    a.held().forgetPermits();
    b.held().forgetPermits();
  }

  @Test
  void runIsCancelledFromTheOtherNode() {
    a.manager().registerUnit(WorkerDefinition.of("only-on-a", a.held()));
    RunHandle run = a.manager().runWorkerById("only-on-a");
    a.held().begun.awaitCount(1, begun -> begun.run().equals(run.id()), Probe.PATIENCE);
    RunHandle there = b.manager().findRun(run.id().value()).orElseThrow();

    assertThat(there.cancel()).isTrue();

    assertThat(there.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
    a.held().interrupted.awaitCount(1, begun -> begun.run().equals(run.id()), Probe.PATIENCE);
  }

  @Test
  void unitThatOnlyTheOtherNodeKnowsIsRunThere() {
    a.manager().registerUnit(WorkerDefinition.of("known-to-a", run -> "by a"));
    assertThat(b.manager().getUnitById("known-to-a").orElseThrow().identity().known()).isFalse();

    RunHandle run = b.manager().runWorkerById("known-to-a");

    assertThat(run.join(Probe.PATIENCE).result().as(String.class)).isEqualTo("by a");
    assertThat(view(b, run.id()).execution().node()).isEqualTo("a");
  }

  @Test
  void configurationChangedOnOneNodeHoldsOnTheOther() throws Exception {
    Held onA = Held.interruptibly();
    Held onB = Held.interruptibly();
    a.manager().registerUnit(WorkerDefinition.of("changed", onA));
    b.manager().registerUnit(WorkerDefinition.of("changed", onB));
    assertThat(b.manager().getUnitById("changed").orElseThrow().config().overlap())
        .isEqualTo(Overlap.SKIP);

    a.manager().updateUnitConfig("changed", config -> config.overlap(Overlap.ALLOW));
    List<RunHandle> both =
        b.node()
            .inTransaction(
                () ->
                    List.of(
                        b.manager().runWorkerById("changed"),
                        b.manager().runWorkerById("changed")));

    Await.until(Probe.PATIENCE, () -> onA.begun.seen().size() + onB.begun.seen().size() == 2);
    onA.letAllGo();
    onB.letAllGo();
    for (RunHandle run : both) {
      assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    }
  }

  @Test
  void overlapIsWatchedAcrossNodes() {
    Held onA = Held.interruptibly();
    a.manager().registerUnit(WorkerDefinition.of("alone", onA));
    RunHandle first = a.manager().runWorkerById("alone");
    onA.awaitBegun();
    b.manager().registerUnit(WorkerDefinition.of("alone", onA));

    RunOutcome second = b.manager().runWorkerById("alone").join(Probe.PATIENCE);

    assertThat(second.state()).isEqualTo(RunState.SKIPPED);
    onA.letAllGo();
    assertThat(first.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
  }

  @Test
  void journalOfAllNodesIsFollowedWithoutGaps() {
    Probe<JournalEntry> followed = new Probe<>();
    long from = b.manager().journalPosition();
    b.manager().followJournal(from, followed);

    for (int i = 0; i < 20; i++) {
      (i % 2 == 0 ? a : b).manager().emitMilestone("from both " + i, null);
    }
    followed.awaitCount(
        20, entry -> entry.event().toString().contains("from both "), Probe.PATIENCE);

    List<Long> positions = followed.seen().stream().map(JournalEntry::position).toList();
    assertThat(positions)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(from + 1, from + positions.size()).boxed().toList());
    assertThat(followed.seen()).extracting(entry -> entry.event().node()).contains("a", "b");
  }

  private static RunView view(Member member, RunId run) {
    return member.manager().getRunById(run.value()).orElseThrow();
  }

  private long number(String sql) {
    try {
      return cluster.database.number(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
