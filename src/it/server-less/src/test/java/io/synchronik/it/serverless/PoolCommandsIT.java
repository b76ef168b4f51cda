package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.pool.PoolTask;
import io.synchronik.pool.PoolTaskChange;
import io.synchronik.pool.PoolTaskQuery;
import io.synchronik.pool.PoolTaskState;
import io.synchronik.pool.PoolTaskView;
import io.synchronik.pool.UnknownTaskException;
import io.synchronik.pool.WorkerPool;
import io.synchronik.run.WrongStateException;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.WorkerDefinition;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Random commands from several threads on two nodes: what must hold whatever they are. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class PoolCommandsIT {
  private static final int THREADS = 3;
  private static final int COMMANDS = 120;
  private static final int LARGEST = 5;

  @Parameter DatabaseKind kind;
  private final Map<String, AtomicInteger> begun = new ConcurrentHashMap<>();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger added = new AtomicInteger();
  private final AtomicReference<Throwable> wrong = new AtomicReference<>();
  private Database database;
  private Node one;
  private Node other;

  @BeforeEach
  void start() throws Exception {
    database = kind.create("pool_commands");
    one = node();
    other = node();
    one.manager().useWorkerPool("random", 2);
  }

  private Node node() {
    Node node =
        Node.on(database)
            .setting("synchronik.loop-interval", "200ms")
            .setting("synchronik.workers", "4")
            .connections(15)
            .start();
    node.manager().registerUnit(WorkerDefinition.of("random", this::work));
    return node;
  }

  @AfterEach
  void stop() {
    other.close();
    one.close();
    database.close();
  }

  private String work(RunContext run) {
    most.accumulateAndGet(running.incrementAndGet(), Math::max);
    try {
      String task = String.valueOf(run.payload(String.class));
      begun.computeIfAbsent(task, key -> new AtomicInteger()).incrementAndGet();
      if (task.hashCode() % 5 == 0) {
        throw new IllegalStateException("no luck in " + task);
      }
      return task;
    } finally {
      running.decrementAndGet();
    }
  }

  private WorkerPool pool(Random random) {
    Node node = random.nextBoolean() ? one : other;
    return node.manager().findWorkerPool("random").orElseThrow();
  }

  private void command(int thread, int i, Random random) {
    WorkerPool pool = pool(random);
    long id = 1L + random.nextInt(Math.max(1, added.get()));
    try {
      switch (random.nextInt(9)) {
        case 0, 1, 2, 3 -> add(pool, "t" + thread + "-" + i, random);
        case 4 -> pool.pauseTask(id);
        case 5 -> pool.resumeTask(id);
        case 6 -> pool.cancelTask(id);
        case 7 -> pool.updateTask(id, PoolTaskChange.NONE.withPriority(random.nextInt(5)));
        default -> pool.resize(1 + random.nextInt(LARGEST));
      }
    } catch (WrongStateException e) {
      assertThat(e).hasMessageContaining("SYNC-0106");
    } catch (UnknownTaskException e) {
      assertThat(e).hasMessageContaining("SYNC-0105");
    }
  }

  private void add(WorkerPool pool, String name, Random random) {
    PoolTask task =
        random.nextInt(4) == 0 ? PoolTask.of(name, this::work) : PoolTask.of(name, "random");
    pool.addTask(task.withPayload(name).withPriority(random.nextInt(5)));
    added.incrementAndGet();
  }

  @Test
  void nothingIsLostAndNothingIsDoneTwice() throws Exception {
    long seed = new Random().nextLong();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int thread = t;
      Random random = new Random(seed + t);
      threads.add(
          new Thread(
              () -> {
                for (int i = 0; i < COMMANDS; i++) {
                  command(thread, i, random);
                }
              }));
    }
    threads.forEach(
        thread -> {
          thread.setUncaughtExceptionHandler((where, thrown) -> wrong.set(thrown));
          thread.start();
        });
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(wrong.get()).as("seed %d", seed).isNull();
    WorkerPool pool = one.manager().findWorkerPool("random").orElseThrow();
    resumeAll(pool);
    Await.until(
        Probe.PATIENCE, () -> pool.view().tasks().pending() + pool.view().tasks().running() == 0);

    List<PoolTaskView> tasks = pool.findTasks(PoolTaskQuery.LATEST.limitedTo(1000)).items();
    assertThat(tasks).as("seed %d", seed).hasSize(added.get());
    for (int i = 0; i < tasks.size(); i++) {
      assertThat(tasks.get(i).id()).isEqualTo(added.get() - i);
      check(pool.findTask(tasks.get(i).id()).orElseThrow());
    }
    assertThat(most).hasValueLessThanOrEqualTo(LARGEST);
    checkJournal(tasks);
    assertThat(number("select count(*) from sk_unit where active_runs <> 0")).isZero();
    assertThat(number("select count(*) from sk_run where ended_at is null")).isZero();
  }

  private static void resumeAll(WorkerPool pool) {
    for (PoolTaskView task :
        pool.findTasks(PoolTaskQuery.LATEST.limitedTo(1000).in(PoolTaskState.PAUSED)).items()) {
      pool.resumeTask(task.id());
    }
  }

  private void check(PoolTaskView task) {
    AtomicInteger times = begun.get(task.name());
    boolean unlucky = task.name().hashCode() % 5 == 0;
    assertThat(times == null ? 0 : times.get())
        .as(task.toString())
        .isEqualTo(task.state() == PoolTaskState.CANCELED ? 0 : 1);
    if (task.state() != PoolTaskState.CANCELED) {
      assertThat(task.state())
          .as(task.toString())
          .isEqualTo(unlucky ? PoolTaskState.ERROR : PoolTaskState.COMPLETED);
      assertThat(task.outcome().result().as(String.class)).isEqualTo(unlucky ? null : task.name());
    }
  }

  private void checkJournal(List<PoolTaskView> tasks) throws SQLException {
    long canceled = count(tasks, PoolTaskState.CANCELED);
    assertThat(announced("added")).isEqualTo(tasks.size());
    assertThat(announced("started")).isEqualTo(tasks.size() - canceled);
    assertThat(announced("completed")).isEqualTo(count(tasks, PoolTaskState.COMPLETED));
    assertThat(announced("failed")).isEqualTo(count(tasks, PoolTaskState.ERROR));
    assertThat(announced("canceled")).isEqualTo(canceled);
  }

  private static long count(List<PoolTaskView> tasks, PoolTaskState state) {
    return tasks.stream().filter(task -> task.state() == state).count();
  }

  private long announced(String what) throws SQLException {
    return number(
        "select count(*) from sk_event where type = 'milestone' and data like '%pool:random:"
            + what
            + "\"%'");
  }

  private long number(String sql) throws SQLException {
    return database.number(sql);
  }
}
