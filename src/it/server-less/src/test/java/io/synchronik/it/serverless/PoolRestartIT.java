package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.pool.PoolTask;
import io.synchronik.pool.PoolTaskState;
import io.synchronik.pool.PoolTaskView;
import io.synchronik.pool.WorkerPool;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a second life of an application finds of its pools. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class PoolRestartIT {

  @Worker(id = "render")
  static class Render implements Work<String> {
    @Inject Held held;

    @Override
    public String run(RunContext run) throws Exception {
      held.run(run);
      return "rendered " + run.payload(String.class);
    }
  }

  @Parameter DatabaseKind kind;
  private Database database;
  private Node node;
  private Held held;

  @BeforeEach
  void create() {
    database = kind.create("pool_restart");
    start();
  }

  @AfterEach
  void drop() {
    held.letAllGo();
    node.close();
    database.close();
  }

  private void start() {
    held = Held.interruptibly();
    node =
        Node.on(database)
            .setting("synchronik.stop-grace", "50ms")
            .setting("synchronik.loop-interval", "200ms")
            .beans(Render.class)
            .instance(Held.class, held)
            .start();
  }

  private WorkerPool restarted(String pool) {
    node.close();
    start();
    return node.manager().findWorkerPool(pool).orElseThrow();
  }

  private static PoolTaskView task(WorkerPool pool, long id) {
    return pool.findTask(id).orElseThrow();
  }

  @Test
  void tasksThatNameAWorkerGoOnWhereTheyWere() {
    WorkerPool first = node.manager().useWorkerPool("prints", 1);
    first.addTask("done", Render.class, "done");
    held.letGo();
    Await.until(Probe.PATIENCE, () -> task(first, 1).state() == PoolTaskState.COMPLETED);
    held.awaitBegun();
    first.resize(2);
    first.addTask("running", Render.class, "running");
    held.awaitBegun();
    first.addTask("running too", Render.class, "running too");
    held.awaitBegun();
    first.addTask("later", Render.class, "later");
    first.addTask(PoolTask.of("sooner", Render.class).withPayload("sooner").withPriority(1));
    long paused = first.addTask("paused", Render.class, "paused");
    first.addTask("last", Render.class, "last");
    first.pauseTask(paused);

    WorkerPool second = restarted("prints");

    assertThat(second.view().size()).isEqualTo(2);
    assertThat(node.manager().useWorkerPool("prints", 1).view().size()).isEqualTo(2);
    assertThat(second.simulateRun().text()).isEqualTo("Execution sequence: 1. sooner, 2. later");
    assertThat(task(second, 2).state()).isEqualTo(PoolTaskState.RUNNING);
    held.begun.awaitCount(2, run -> true, Probe.PATIENCE);
    held.letAllGo();
    Await.until(Probe.PATIENCE, () -> second.view().tasks().completed() == 5);
    assertThat(held.begun.seen()).extracting(RunContext::attempt).containsOnly(1);
    assertThat(task(second, paused).state()).isEqualTo(PoolTaskState.PAUSED);
    second.resumeTask(paused);
    Await.until(Probe.PATIENCE, () -> second.view().tasks().completed() == 7);
    assertThat(task(second, 1).outcome().result().as(String.class)).isEqualTo("rendered done");
    assertThat(task(second, 2).outcome().result().as(String.class)).isEqualTo("rendered running");
    assertThat(second.addTask("next", Render.class, "next")).isEqualTo(8);
    assertThat(held.begun.seen()).hasSizeBetween(6, 7);
  }

  @Test
  void tasksInMemoryEndInAnErrorThatSaysSo() throws Exception {
    WorkerPool first = node.manager().useWorkerPool("thoughts", 1);
    long running = first.addTask("running", held);
    held.awaitBegun();
    long pending = first.addTask("pending", run -> "never");
    long durable = first.addTask("durable", Render.class, "durable");

    WorkerPool second = restarted("thoughts");
    held.letAllGo();
    Await.until(
        Probe.PATIENCE,
        () -> {
          node.manager().runWatcherScan();
          return second.view().tasks().running() + second.view().tasks().pending() == 0;
        });

    for (long id : new long[] {running, pending}) {
      assertThat(task(second, id).state()).isEqualTo(PoolTaskState.ERROR);
      assertThat(task(second, id).given().durable()).isFalse();
      assertThat(task(second, id).outcome().failure().message())
          .contains("live node")
          .contains("SYNC-");
    }
    assertThat(task(second, durable).state()).isEqualTo(PoolTaskState.COMPLETED);
    node.manager().runWatcherScan();
    assertThat(database.number("select count(*) from sk_unit where id like 'pool:%'")).isZero();
  }
}
