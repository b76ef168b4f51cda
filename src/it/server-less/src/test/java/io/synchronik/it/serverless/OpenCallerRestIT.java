package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.pool.PoolTaskState;
import io.synchronik.pool.PoolTaskView;
import io.synchronik.pool.WorkerPool;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.schedule.Overlap;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Pauses, releases, recovery, retention and pools wait for nobody but whom they are about. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
@SuppressWarnings("try")
class OpenCallerRestIT extends SharedNode {
  private static final long EVERY_MILLIS = 50;
  private static final int WINDOW = 20;

  private final AtomicInteger ticks = new AtomicInteger();

  /** Whoever waits for the caller waits for longer than the test. */
  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder.setting("synchronik.lease", "1h");
  }

  @Override
  void prepare() {
    register(
        "other",
        run -> ticks.incrementAndGet(),
        config -> config.every(Duration.ofMillis(EVERY_MILLIS)).overlap(Overlap.ALLOW));
  }

  @Test
  void endOfOnePauseWaitsForNoOtherUnit() throws Exception {
    register("pause-held", run -> "done");
    register("pause-free", run -> "done");
    Instant until = Instant.now().plusMillis(300);
    manager.pause("pause-held", until);
    manager.pause("pause-free", until);
    try (OpenCaller caller = OpenCaller.of(node, () -> change("pause-held"))) {
      Await.until(Probe.PATIENCE, () -> !isMarked("pause-free", "paused_by is not null"));
      assertThat(isMarked("pause-held", "paused_by is not null")).isTrue();
      othersGoOn();
    }
    Await.until(Probe.PATIENCE, () -> !isMarked("pause-held", "paused_by is not null"));
  }

  @Test
  void removalOfOneUnitWaitsForNoOther() throws Exception {
    Held held = Held.interruptibly();
    register("release-held", held);
    register("release-free", held);
    List<RunHandle> runs =
        List.of(manager.runWorkerById("release-held"), manager.runWorkerById("release-free"));
    held.awaitBegun();
    held.awaitBegun();
    manager.releaseUnit("release-held");
    manager.releaseUnit("release-free");
    try (OpenCaller caller = OpenCaller.of(node, () -> change("release-held"))) {
      held.letAllGo();
      for (RunHandle run : runs) {
        Await.until(Probe.PATIENCE, () -> isGoneOr(run, RunState.COMPLETED));
      }
      Await.until(Probe.PATIENCE, () -> manager.getUnitById("release-free").isEmpty());
      assertThat(manager.getUnitById("release-held")).isPresent();
      othersGoOn();
    }
    Await.until(Probe.PATIENCE, () -> manager.getUnitById("release-held").isEmpty());
  }

  @Test
  void runsOfALostNodeWaitForNoOther() throws Exception {
    Held held = Held.interruptibly();
    register("lost-held", held);
    register("lost-free", held);
    RunHandle first = manager.runWorkerById("lost-held");
    RunHandle second = manager.runWorkerById("lost-free");
    held.awaitBegun();
    held.awaitBegun();
    try (OpenCaller caller = OpenCaller.of(node, () -> assertThat(first.cancel()).isTrue())) {
      database.execute("update sk_run set owner = 'gone' where id = ?", second.id().value());
      Await.until(
          Probe.PATIENCE,
          () -> number("select losses from sk_run where id = ?", second.id().value()) == 1);
      othersGoOn();
    }
    assertThat(first.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
    held.letAllGo();
    assertThat(second.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
  }

  @Test
  void retentionWaitsForNoOther() throws Exception {
    register("old", run -> "done", config -> config.overlap(Overlap.ALLOW));
    RunHandle kept = manager.runWorkerById("old");
    RunHandle gone = manager.runWorkerById("old");
    for (RunHandle run : List.of(kept, gone)) {
      assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
      database.execute(
          "update sk_run set ended_at = ? where id = ?",
          OffsetDateTime.parse("2001-01-01T00:00:00Z"),
          run.id().value());
    }
    try (OpenCaller caller = OpenCaller.of(node, () -> assertThat(kept.cancel()).isFalse())) {
      manager.runWatcherScan();
      assertThat(manager.getRunById(gone.id().value())).isEmpty();
      assertThat(manager.getRunById(kept.id().value())).isPresent();
      othersGoOn();
    }
    manager.runWatcherScan();
    assertThat(manager.getRunById(kept.id().value())).isEmpty();
  }

  @Test
  void changedPoolStopsNoOther() throws Exception {
    register("pooled", run -> "done", config -> config.overlap(Overlap.ALLOW));
    WorkerPool held = manager.useWorkerPool("held", 1);
    WorkerPool free = manager.useWorkerPool("free", 1);
    try (OpenCaller caller =
        OpenCaller.of(
            node,
            () -> {
              held.resize(3);
              held.addTask("first", "pooled", null);
              held.pauseTask(held.addTask("second", "pooled", null));
            })) {
      for (int i = 0; i < 3; i++) {
        awaitCompleted(free, free.addTask("task-" + i, "pooled", null));
      }
      othersGoOn();
    }
    Await.until(
        Probe.PATIENCE,
        () ->
            held.findTask(1).map(PoolTaskView::state).equals(Optional.of(PoolTaskState.COMPLETED)));
    held.resumeTask(2);
    awaitCompleted(held, 2);
  }

  /** Holds what it changes, which pauses and flags do not. */
  private void change(String id) {
    manager.updateUnitConfig(id, config -> config.maxRetries(3));
  }

  private static void awaitCompleted(WorkerPool pool, long task) {
    Await.until(
        Probe.PATIENCE, () -> pool.findTask(task).orElseThrow().state() == PoolTaskState.COMPLETED);
  }

  private boolean isGoneOr(RunHandle run, RunState state) {
    return manager.getRunById(run.id().value()).map(view -> view.state() == state).orElse(true);
  }

  private boolean isMarked(String unit, String mark) {
    return number("select count(*) from sk_unit where id = ? and " + mark, unit) == 1;
  }

  private long number(String sql, Object... values) {
    try {
      return database.number(sql, values);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Others are fired again and again. */
  private void othersGoOn() {
    int before = ticks.get();
    Await.until(
        Probe.PATIENCE,
        () -> "Fired: %d of %d".formatted(ticks.get() - before, WINDOW),
        () -> ticks.get() >= before + WINDOW);
  }
}
