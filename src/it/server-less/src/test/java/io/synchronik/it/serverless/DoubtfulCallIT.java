package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.event.Milestone;
import io.synchronik.event.Subscription;
import io.synchronik.impl.store.jdbc.UlidRange;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Faults;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemState;
import io.synchronik.item.Items;
import io.synchronik.item.ManualItems;
import io.synchronik.item.NewItem;
import io.synchronik.run.ItemId;
import io.synchronik.run.RunHandle;
import io.synchronik.run.SynchronikException;
import io.synchronik.schedule.Overlap;
import io.synchronik.worker.RunContext;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Calls that announce nothing by which their commit could be recognised when its answer is lost.
 */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
@SuppressWarnings("try")
class DoubtfulCallIT extends SharedNode {
  /** Which commit of adding an item is its own: before, the type is looked at. */
  private static final int ADD = 2;

  private static final Duration BEFORE_THE_LOOP = Duration.ofSeconds(15);

  private final Faults faults = new Faults();

  private static final class Listed implements ManualItems<Integer> {
    @Override
    public void enumerate(Items<Integer> items, RunContext run) {
      items.add(0);
      items.keepOpen();
    }
  }

  /** The loop does not make up for a signal that is lost. */
  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder
        .faults(faults)
        .setting("synchronik.loop-interval", "1m")
        .setting("synchronik.lease", "3m");
  }

  @Override
  void prepare() {
    manager.registerUnit(
        ItemSource.worker("listed", Integer.class, new Listed())
            .with(config -> config.overlap(Overlap.ALLOW)));
    register("set", run -> "done");
  }

  @AfterEach
  void clear() {
    faults.clear();
    manager.resume("set");
  }

  @ParameterizedTest
  @EnumSource(
      value = Faults.Kind.class,
      names = {"LOST_AFTER_COMMIT", "LATE_COMMIT"})
  void whoeverCallsIsToldThatItCameTrue(Faults.Kind fault) throws Exception {
    String run = listed();

    ItemId added = struck(fault, ADD, () -> manager.items().add(run, NewItem.of(1)));
    struck(fault, 1, () -> call(() -> manager.items().start(added)));
    struck(fault, 1, () -> call(() -> manager.items().complete(added, "by hand")));
    struck(fault, 1, () -> call(() -> manager.items().close(run)));

    assertThat(items(run)).isEqualTo(2);
    assertThat(manager.items().find(added).orElseThrow().state()).isEqualTo(ItemState.COMPLETED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Faults.Kind.class,
      names = {"COMMIT_REFUSED", "LOST_BEFORE_COMMIT"})
  void whoeverCallsIsToldThatItDidNotComeTrue(Faults.Kind fault) throws Exception {
    String run = listed();

    assertThatThrownBy(() -> struck(fault, ADD, () -> manager.items().add(run, NewItem.of(1))))
        .isInstanceOf(SynchronikException.class)
        .hasMessageNotContaining("SYNC-0196");

    assertThat(items(run)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Faults.Kind.class,
      names = {"LOST_AFTER_COMMIT", "LATE_COMMIT"})
  void whatACallersTransactionSetsIsAppliedWhenItCameTrue(Faults.Kind fault) throws Exception {
    try {
      struck(
          fault,
          1,
          () -> {
            node.inTransaction(() -> manager.pause("set"));
            return null;
          });
    } catch (Exception e) {
      // It is the caller's own commit
    }

    Await.until(
        BEFORE_THE_LOOP,
        () -> {
          // Whoever comes next asks about the commit
          unit("set");
          return number("select count(*) from sk_unit where paused_by is not null") == 1;
        });
    assertThat(number("select count(*) from sk_unit_delta")).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = Faults.Kind.class,
      names = {"COMMIT_REFUSED", "LOST_BEFORE_COMMIT"})
  void whatACallersTransactionDoesIsNotToldWhenItDidNotComeTrue(Faults.Kind fault) {
    String id = "of " + fault;
    Probe<Milestone> told = new Probe<>();
    try (Subscription dropped = manager.onMilestone(id, told);
        Subscription kept = manager.onMilestone("afterwards", told)) {
      assertThatThrownBy(
          () ->
              struck(
                  fault,
                  1,
                  () -> call(() -> node.inTransaction(() -> manager.emitMilestone(id, null)))));

      manager.emitMilestone("afterwards", null);

      told.awaitNext(milestone -> milestone.milestoneId().equals("afterwards"));
      assertThat(told.seen()).hasSize(1);
    }
  }

  @Test
  void whatTheyAreRecognisedByGoesADayLater() {
    String old = mark(Instant.now().minus(Duration.ofHours(25)));
    String young = mark(Instant.now().minus(Duration.ofHours(23)));

    manager.runWatcherScan();

    assertThat(number("select count(*) from sk_lock where name = ?", old)).isZero();
    assertThat(number("select count(*) from sk_lock where name = ?", young)).isEqualTo(1);
  }

  private String mark(Instant at) {
    String name = "mark " + UlidRange.from(at);
    try {
      database.execute(
          "insert into sk_lock (app, name, number) values ('test', '%s', %d)"
              .formatted(name, at.toEpochMilli()));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return name;
  }

  private String listed() {
    RunHandle run = manager.runWorkerById("listed");
    Await.until(Probe.PATIENCE, () -> itemStatistics(run).total() == 1);
    return run.id().value();
  }

  /** What a fault strikes at. */
  private interface Call<T> {
    T call() throws Exception;
  }

  private static Void call(Node.Step step) throws Exception {
    step.run();
    return null;
  }

  private <T> T struck(Faults.Kind fault, int commit, Call<T> call) throws Exception {
    Thread caller = Thread.currentThread();
    Faults.Trap trap = faults.set(fault, commit, thread -> thread == caller);
    try {
      return call.call();
    } finally {
      assertThat(trap.hit()).isPresent();
    }
  }

  private long items(String run) {
    return number(
        "select count(*) from sk_item i join sk_item_set s on s.app = i.app and s.id = i.item_set"
            + " where s.run = ?",
        run);
  }

  private long number(String sql, Object... values) {
    try {
      return database.number(sql, values);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
