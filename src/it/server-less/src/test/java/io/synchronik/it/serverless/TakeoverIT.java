package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.JournalQuery;
import io.synchronik.event.JournalEntry;
import io.synchronik.event.Milestone;
import io.synchronik.event.SynchronikEvent;
import io.synchronik.event.UnitCompleted;
import io.synchronik.event.UnitFailed;
import io.synchronik.event.UnitSkipped;
import io.synchronik.event.UnitStarted;
import io.synchronik.it.serverless.Cluster.Member;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.AttemptOutcome;
import io.synchronik.run.RunAttempt;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.run.RunView;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.WorkerDefinition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of the work of a node that dies, freezes or stops. */
class TakeoverIT {
  private final Cluster cluster = new Cluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void workOfADeadNodeGoesOnElsewhereWhenItsLeaseHasPassed() {
    Member dead = cluster.start("dead");
    RunHandle run = heldOn(dead);
    Member alive = cluster.start("alive");

    dead.node().kill();

    RunContext again = alive.held().awaitBegun();
    assertThat(again.run()).isEqualTo(run.id());
    assertThat(again.attempt()).isEqualTo(1);
    RunView view = view(alive, run);
    assertThat(view.execution().node()).isEqualTo("alive");
    alive.held().letGo();
    RunHandle found = alive.manager().findRun(run.id().value()).orElseThrow();
    assertThat(found.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(journal(alive, UnitStarted.class, run)).hasSize(1);
    assertThat(journal(alive, UnitCompleted.class, run)).hasSize(1);
    assertThat(unitRuns(alive)).isEqualTo(1);
  }

  @Test
  void workThatMustNotBeginTwiceFailsWithItsNode() throws Exception {
    Member dead = cluster.start("dead");
    RunHandle run = dead.manager().runWorkerById("held-once");
    dead.held().awaitBegun();
    Member alive = cluster.start("alive");

    dead.node().kill();
    cluster.expireLease(dead, alive);

    awaitState(alive, run, RunState.FAILED);
    assertThat(view(alive, run).execution().failure().message()).contains("SYNC-0084");
    assertThat(alive.held().begun.seen()).isEmpty();
    assertThat(journal(alive, UnitFailed.class, run)).hasSize(1);
  }

  @Test
  void lateResultOfAFrozenNodeIsRejected() throws Exception {
    Member frozen = cluster.start("frozen");
    RunHandle run = heldOn(frozen);
    Member alive = cluster.start("alive");

    frozen.node().disconnect();
    cluster.expireLease(frozen, alive);
    assertThat(alive.held().awaitBegun().run()).isEqualTo(run.id());
    frozen.held().letGo();
    frozen.node().reconnect();

    Milestone rejected =
        frozen
            .events()
            .awaitNext(
                Milestone.class, milestone -> milestone.milestoneId().equals("watcher:rejected"));
    assertThat(rejected.run()).contains(run.id());
    assertThat(frozen.manager().getEngineStats().work().rejected()).isEqualTo(1);
    assertThat(view(alive, run).state()).isEqualTo(RunState.RUNNING);
    assertThat(view(alive, run).execution().node()).isEqualTo("alive");
    alive.held().letGo();
    awaitState(alive, run, RunState.COMPLETED);
    assertThat(journal(alive, UnitCompleted.class, run))
        .singleElement()
        .satisfies(event -> assertThat(event.node()).isEqualTo("alive"));
    assertThat(unitRuns(alive)).isEqualTo(1);
    RunHandle next = frozen.manager().runWorkerById("held");
    frozen.held().letAllGo();
    alive.held().letAllGo();
    assertThat(next.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
  }

  @Test
  void thirdLossEndsARun() throws Exception {
    Member a = cluster.start("a");
    RunHandle run = heldOn(a);
    Member b = cluster.start("b");

    lose(a, b);
    assertThat(b.held().awaitBegun().attempt()).isEqualTo(1);
    lose(b, a);
    assertThat(a.held().awaitBegun().attempt()).isEqualTo(1);
    lose(a, b);
    awaitState(b, run, RunState.FAILED);

    RunView view = view(b, run);
    assertThat(view.execution().failure().message()).contains("SYNC-0081").contains("3 times");
    assertThat(journal(b, UnitFailed.class, run)).hasSize(1);
    assertThat(b.held().begun.seen()).hasSize(1);
    assertThat(a.held().begun.seen()).hasSize(2);
    List<RunAttempt> attempts = b.manager().monitoring().attempts(run.id().value(), 0, 10);
    assertThat(attempts).extracting(RunAttempt::number).containsExactly(1, 1, 1);
    assertThat(attempts).extracting(RunAttempt::node).containsExactly("a", "b", "a");
    assertThat(attempts)
        .extracting(RunAttempt::outcome)
        .containsExactly(AttemptOutcome.LOST, AttemptOutcome.LOST, AttemptOutcome.FAILED);
  }

  /** The node is away until others have taken over from it, and comes back as another. */
  private void lose(Member lost, Member other) throws Exception {
    String incarnation = lost.manager().getEngineStats().node().incarnation();
    lost.node().disconnect();
    cluster.expireLease(lost, other);
    lost.node().reconnect();
    Await.until(
        Probe.PATIENCE,
        () -> !lost.manager().getEngineStats().node().incarnation().equals(incarnation));
  }

  @Test
  void eventsThatADeadNodeHasNotAnnouncedAreAnnouncedElsewhere() throws Exception {
    Member dead = cluster.start("dead");
    Member alive = cluster.start("alive");
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    dead.manager()
        .onMilestone(
            "first",
            milestone -> {
              blocked.countDown();
              awaitUninterruptibly(free);
            });
    dead.manager().emitMilestone("first", null);
    blocked.await();
    dead.manager().emitMilestone("second", 2);

    dead.node().kill();
    cluster.expireLease(dead, alive);

    Milestone second =
        alive
            .events()
            .awaitNext(Milestone.class, milestone -> milestone.milestoneId().equals("second"));
    assertThat(second.node()).isEqualTo("dead");
    assertThat(second.payload(Integer.class)).isEqualTo(2);
    alive.manager().runLoopOnce();
    assertThat(allOf(alive))
        .filteredOn(event -> event.eventId().equals(second.eventId()))
        .hasSize(1);
    assertThat(dead.events().seen()).noneMatch(event -> event.eventId().equals(second.eventId()));
    free.countDown();
  }

  @Test
  void whatAStoppingNodeInterruptsGoesOnElsewhereAtOnce() {
    Member stopping = cluster.start("stopping");
    RunHandle run = heldOn(stopping);
    Member staying = cluster.start("staying");

    stopping.node().close();

    RunContext again = staying.held().awaitBegun();
    assertThat(again.run()).isEqualTo(run.id());
    assertThat(again.attempt()).isEqualTo(1);
    staying.held().letGo();
    awaitState(staying, run, RunState.COMPLETED);
    assertThat(staying.manager().getEngineStats().node().liveNodes()).isEqualTo(1);
  }

  @Test
  void runsOfCodeInMemoryEndWhenNobodyKnowsItAnyMore() throws Exception {
    Member leaving = cluster.start("leaving");
    Held held = Held.interruptibly();
    leaving.manager().registerUnit(WorkerDefinition.of("in-memory", held));
    RunHandle begun = leaving.manager().runWorkerById("in-memory");
    held.awaitBegun();
    Member staying = cluster.start("staying");
    leaving.node().kill();
    RunHandle waiting = staying.manager().runWorkerById("in-memory");

    cluster.expireLease(leaving, staying);

    awaitState(staying, begun, RunState.FAILED);
    assertThat(view(staying, begun).execution().failure().message()).contains("SYNC-0073");
    assertThat(waiting.join(Probe.PATIENCE).state()).isEqualTo(RunState.SKIPPED);
    assertThat(journal(staying, UnitFailed.class, begun)).hasSize(1);
    assertThat(journal(staying, UnitSkipped.class, waiting)).hasSize(1);
    held.letAllGo();
  }

  /** Starts a run of held work on the only node. */
  private static RunHandle heldOn(Member only) {
    RunHandle run = only.manager().runWorkerById("held");
    only.held().awaitBegun();
    return run;
  }

  private static void awaitState(Member member, RunHandle run, RunState state) {
    Await.until(Probe.PATIENCE, () -> view(member, run).state() == state);
  }

  private static RunView view(Member member, RunHandle run) {
    return member.manager().getRunById(run.id().value()).orElseThrow();
  }

  private static long unitRuns(Member member) {
    return member.manager().getUnitById("held").orElseThrow().statistics().runs();
  }

  private static List<SynchronikEvent> allOf(Member member) {
    return member.manager().readJournal(new JournalQuery(0, null, Set.of(), 1000)).stream()
        .map(JournalEntry::event)
        .toList();
  }

  private static <E extends SynchronikEvent> List<E> journal(
      Member member, Class<E> type, RunHandle run) {
    member.manager().runLoopOnce();
    return allOf(member).stream()
        .filter(type::isInstance)
        .map(type::cast)
        .filter(event -> event.run().equals(Optional.of(run.id())))
        .toList();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
