package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.JournalQuery;
import io.synchronik.event.Milestone;
import io.synchronik.event.SynchronikEvent;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.run.UnknownRunException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls inside the caller's JTA transaction. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class TransactionIT extends SharedNode {

  /** The loop is so slow that only the signal after the commit can start a run in time. */
  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder.setting("synchronik.loop-interval", "1m").setting("synchronik.lease", "10m");
  }

  @Test
  void runStartsWhenItsTransactionCommits() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    register("ship", run -> calls.incrementAndGet());

    RunHandle run =
        node.inTransaction(
            () -> {
              RunHandle asked = manager.runWorkerById("ship");
              assertThat(asked.state()).isEqualTo(RunState.SUBMITTED);
              assertThat(stored(asked)).isZero();
              assertThat(manager.getRunById(asked.id().value())).isPresent();
              return asked;
            });

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(calls).hasValue(1);
  }

  @Test
  void runOutsideATransactionStartsAtOnce() {
    register("ship-now", run -> "shipped");

    for (int i = 0; i < 20; i++) {
      assertThat(manager.runWorkerById("ship-now").join(Probe.PATIENCE).state())
          .isEqualTo(RunState.COMPLETED);
    }
  }

  @Test
  void runThatDoesNotStartIsToldAtOnce() {
    Held held = Held.interruptibly();
    register("ship-one", held);
    RunHandle first = manager.runWorkerById("ship-one");
    held.awaitBegun();

    RunHandle second = manager.runWorkerById("ship-one");

    assertThat(second.join(Probe.PATIENCE).state()).isEqualTo(RunState.SKIPPED);
    assertThat(first.cancel()).isTrue();
    assertThat(first.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
  }

  @Test
  void waitingForARunInsideItsTransactionIsRefused() throws Exception {
    register("joined", run -> "done");

    RunHandle run =
        node.inTransaction(
            () -> {
              RunHandle asked = manager.runWorkerById("joined");
              assertThatThrownBy(() -> asked.join(Probe.PATIENCE))
                  .isInstanceOf(IllegalStateException.class)
                  .hasMessageContaining("SYNC-0065")
                  .hasMessageContaining(asked.id().value());
              return asked;
            });

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
  }

  @Test
  void runOfARolledBackTransactionNeverExisted() {
    AtomicInteger calls = new AtomicInteger();
    register("never", run -> calls.incrementAndGet());
    AtomicReference<RunHandle> asked = new AtomicReference<>();

    assertThatThrownBy(
            () ->
                node.inTransaction(
                    () -> {
                      asked.set(manager.runWorkerById("never"));
                      throw new IllegalStateException("the order is wrong");
                    }))
        .hasMessage("the order is wrong");

    RunHandle run = asked.get();
    assertThatThrownBy(() -> run.join(Probe.PATIENCE)).isInstanceOf(UnknownRunException.class);
    assertThat(run.outcome().toCompletableFuture()).isCompletedExceptionally();
    assertThatThrownBy(run::state).isInstanceOf(UnknownRunException.class);
    assertThat(manager.getRunById(run.id().value())).isEmpty();
    manager.runWorkerById("never").join(Probe.PATIENCE);
    assertThat(calls).hasValue(1);
    assertThat(eventsOf(run.id())).isEmpty();
  }

  @Test
  void milestoneIsAnnouncedWhenItsTransactionCommits() throws Exception {
    node.inTransaction(
        () -> {
          manager.emitMilestone("joins", "first");
          manager.emitMilestoneNow("barrier", null);
          awaitMilestone("barrier");
          assertThat(milestones("joins")).isZero();
        });

    assertThat(awaitMilestone("joins").payload(String.class)).isEqualTo("first");
    assertThat(inJournal("joins")).isOne();
  }

  @Test
  void milestoneOfARolledBackTransactionIsNotAnnouncedUnlessNow() {
    assertThatThrownBy(
            () ->
                node.inTransaction(
                    () -> {
                      manager.emitMilestone("undone", 1);
                      manager.emitMilestoneNow("stays", 2);
                      awaitMilestone("stays");
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");

    manager.emitMilestone("after-the-rollback", null);
    awaitMilestone("after-the-rollback");
    assertThat(milestones("undone")).isZero();
    assertThat(milestones("stays")).isOne();
    assertThat(inJournal("undone")).isZero();
    assertThat(inJournal("stays")).isOne();
  }

  @Test
  void controlJoinsTheTransaction() throws Exception {
    register("controlled", run -> "done");

    assertThatThrownBy(
            () ->
                node.inTransaction(
                    () -> {
                      manager.pause("controlled");
                      manager.updateUnitConfig("controlled", config -> config.maxRetries(7));
                      assertThat(unit("controlled").control().paused()).isTrue();
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(unit("controlled").control().paused()).isFalse();
    assertThat(unit("controlled").workerConfig().retry().maxRetries()).isZero();

    node.inTransaction(
        () -> {
          manager.pause("controlled");
          manager.updateUnitConfig("controlled", config -> config.maxRetries(7));
        });
    assertThat(unit("controlled").control().paused()).isTrue();
    assertThat(unit("controlled").workerConfig().retry().maxRetries()).isEqualTo(7);
  }

  @Test
  void cancellingJoinsTheTransaction() throws Exception {
    Held held = Held.interruptibly();
    register("held", held);
    RunHandle run = manager.runWorkerById("held");
    held.awaitBegun();

    assertThatThrownBy(
            () ->
                node.inTransaction(
                    () -> {
                      assertThat(run.cancel()).isTrue();
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    held.letGo();

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(held.interrupted.seen()).isEmpty();
  }

  private long stored(RunHandle run) throws Exception {
    return database.number("select count(*) from sk_run where id = ?", run.id().value());
  }

  private Milestone awaitMilestone(String id) {
    return (Milestone) events.awaitCount(1, event -> isMilestone(id, event), Probe.PATIENCE).get(0);
  }

  private long milestones(String id) {
    return events.seen(event -> isMilestone(id, event)).size();
  }

  private long inJournal(String id) {
    manager.runLoopOnce();
    return manager.readJournal(new JournalQuery(0, null, Set.of(), 1000)).stream()
        .filter(entry -> isMilestone(id, entry.event()))
        .count();
  }

  private static boolean isMilestone(String id, SynchronikEvent event) {
    return event instanceof Milestone milestone && milestone.milestoneId().equals(id);
  }
}
