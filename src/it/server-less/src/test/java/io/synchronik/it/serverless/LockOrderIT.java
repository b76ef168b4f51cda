package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.RunQuery;
import io.synchronik.RunRequest;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.EngineLog;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemPolicy;
import io.synchronik.item.ItemQuery;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemView;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.item.NewItem;
import io.synchronik.pool.PoolTaskQuery;
import io.synchronik.pool.WorkerPool;
import io.synchronik.process.Process;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.run.RunView;
import io.synchronik.schedule.Overlap;
import io.synchronik.unit.UnitStatus;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.WorkerDefinition;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Commands and steps of the engine take their locks in one order: none meets another crosswise. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class LockOrderIT extends SharedNode {
  private static final int THREADS = 4;
  private static final int GIVEN_UP = 30;
  private static final int COMMANDS = 200;
  private static final List<String> UNITS = List.of("a", "b", "c", "chain", "listed");

  private final ConcurrentLinkedQueue<String> crossed = new ConcurrentLinkedQueue<>();

  private static final class Listed implements ItemWork<Integer, Integer> {
    @Override
    public void enumerate(Items<Integer> items, RunContext run) {
      IntStream.range(0, 12).forEach(items::add);
      items.keepOpen();
    }

    @Override
    public Integer process(Integer number, ItemContext item) {
      if (number % 5 == 0) {
        throw new IllegalStateException("every fifth fails");
      }
      return number;
    }

    @Override
    public ItemPolicy policy() {
      return ItemPolicy.continueOnFailure();
    }
  }

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder
        .setting("synchronik.history.retain", "1m")
        .setting("synchronik.history.runs", "20");
  }

  @Test
  void randomProgramsMeetNoOtherCrosswise() throws Exception {
    crossed.clear();
    define("a", 20);
    define("b", 30);
    define("c", 0);
    manager.registerUnit(
        ItemSource.worker("listed", Integer.class, new Listed())
            .with(config -> config.overlap(Overlap.ALLOW)));
    manager.registerUnit(Process.named("chain").workers("a", "b", "c").build());
    long before = deadlocks();
    long seed = new Random().nextLong();
    try (EngineLog log = EngineLog.detailed()) {
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        Random random = new Random(seed + t);
        Thread thread = new Thread(() -> program(random), "program-" + t);
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(crossed).as("seed %d", seed).isEmpty();
      assertThat(log.lines(Level.FINE, "eadlock")).as("seed %d", seed).isEmpty();
    }
    assertThat(deadlocks()).as("seed %d", seed).isEqualTo(before);
  }

  /** Items end in one group, some well and some not, while their run is given up. */
  @Test
  void endsOfItemsMeetDecisionsNotCrosswise() throws Exception {
    manager.registerUnit(ItemSource.worker("given-up", Integer.class, new GivenUp()));
    long before = deadlocks();
    try (EngineLog log = EngineLog.detailed()) {
      List<RunHandle> runs = new ArrayList<>();
      for (int i = 0; i < GIVEN_UP; i++) {
        runs.add(manager.runWorkerById("given-up"));
        assertThat(runs.get(i).join(Probe.PATIENCE).state()).isEqualTo(RunState.FAILED);
      }
      assertThat(log.lines(Level.FINE, "eadlock")).isEmpty();
    }
    assertThat(deadlocks()).isEqualTo(before);
  }

  private static final class GivenUp implements ItemWork<Integer, Integer> {
    @Override
    public void enumerate(Items<Integer> items, RunContext run) {
      IntStream.range(0, 2000).forEach(items::add);
    }

    @Override
    public Integer process(Integer number, ItemContext item) {
      if (number % 2 == 0) {
        throw new IllegalStateException("every second fails");
      }
      return number;
    }

    @Override
    public ItemPolicy policy() {
      return ItemPolicy.failAboveCount(100);
    }
  }

  private void define(String id, int everyMillis) {
    manager.registerUnit(
        WorkerDefinition.of(id, run -> "done")
            .with(
                config ->
                    everyMillis == 0
                        ? config.overlap(Overlap.QUEUE)
                        : config.every(Duration.ofMillis(everyMillis)).overlap(Overlap.ALLOW)));
  }

  private void program(Random random) {
    for (int i = 0; i < COMMANDS; i++) {
      int which = random.nextInt(24);
      String unit = UNITS.get(random.nextInt(UNITS.size()));
      try {
        command(which, unit, random);
      } catch (RuntimeException e) {
        // It came too late, or is not allowed now
        note(which, unit, e);
      }
    }
  }

  private void note(int which, String unit, Throwable thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      boolean state =
          at instanceof SQLException sql
              && List.of("40P01", "40001").contains(String.valueOf(sql.getSQLState()));
      if (state) {
        crossed.add(which + " " + unit + " " + at.getMessage());
      }
    }
  }

  private void command(int which, String unit, Random random) {
    switch (which) {
      case 0 -> manager.pause(unit);
      case 1, 2 -> manager.resume(unit);
      case 3 -> manager.disable(unit);
      case 4, 5 -> manager.enable(unit);
      case 6 ->
          manager.updateUnitConfig(
              "a", config -> config.every(Duration.ofMillis(20 + random.nextInt(20))));
      case 7 -> manager.updateStatus(unit, UnitStatus.IDLE);
      case 8 -> manager.stopWorkerById(unit);
      case 9, 10, 11 -> manager.runUnitById(unit, RunRequest.PLAIN);
      case 12 -> manager.runUnitById("chain", RunRequest.PLAIN.forced());
      case 13 -> some(random).ifPresent(Some::cancel);
      case 14 -> manager.runLoopOnce();
      case 15 -> manager.runWatcherScan();
      case 16, 17, 18 -> items(which, random);
      case 19, 20 -> pool(random);
      case 21 -> {
        manager.releaseUnit("d", random.nextBoolean());
        define("d", 25);
      }
      case 22 -> define("d", 25);
      default -> some(random).ifPresent(Some::retry);
    }
  }

  /** A run, whatever its state. */
  private record Some(LockOrderIT test, RunView view) {
    void cancel() {
      test.manager.findRun(view.id().value()).ifPresent(run -> run.cancel());
    }

    void retry() {
      test.manager.retryRun(view.id().value(), RunRequest.PLAIN);
    }
  }

  private Optional<Some> some(Random random) {
    List<RunView> runs = manager.findRuns(RunQuery.LATEST).items();
    return runs.isEmpty()
        ? Optional.empty()
        : Optional.of(new Some(this, runs.get(random.nextInt(runs.size()))));
  }

  private void items(int which, Random random) {
    for (RunView run : manager.findRuns(RunQuery.LATEST.ofUnit("listed")).items()) {
      if (run.state() == RunState.RUNNING) {
        String id = run.id().value();
        switch (which + random.nextInt(3)) {
          case 16 -> manager.items().add(id, NewItem.of(3));
          case 17 -> manager.items().retryFailed(id, null);
          case 18, 19 -> manager.items().close(id);
          default -> {
            List<ItemView> items = manager.items().list(id, ItemQuery.FIRST).items();
            if (!items.isEmpty()) {
              manager.items().cancel(items.get(random.nextInt(items.size())).id(), "not wanted");
            }
          }
        }
        return;
      }
    }
    manager.runUnitById("listed", RunRequest.PLAIN);
  }

  private void pool(Random random) {
    WorkerPool pool = manager.useWorkerPool("pool-" + random.nextInt(2), 2);
    switch (random.nextInt(4)) {
      case 0 -> pool.resize(1 + random.nextInt(4));
      case 1 ->
          pool.findTasks(PoolTaskQuery.LATEST).items().stream()
              .findFirst()
              .ifPresent(task -> pool.cancelTask(task.id()));
      default -> pool.addTask("task-" + random.nextInt(1_000_000), "b", null);
    }
  }

  private long deadlocks() {
    try {
      return kind == DatabaseKind.POSTGRESQL
          ? database.number(
              "select deadlocks from pg_stat_database where datname = current_database()")
          : 0;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
