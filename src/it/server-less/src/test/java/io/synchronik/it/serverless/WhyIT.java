package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.RunRequest;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemQuery;
import io.synchronik.item.ItemState;
import io.synchronik.item.ItemView;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.item.NewItem;
import io.synchronik.monitor.Explanations;
import io.synchronik.monitor.Why;
import io.synchronik.monitor.Why.Answer;
import io.synchronik.pool.PoolTask;
import io.synchronik.pool.WorkerPool;
import io.synchronik.process.Process;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.run.UnknownRunException;
import io.synchronik.run.UnknownUnitException;
import io.synchronik.schedule.Overlap;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Why something runs, waits or does not run: of each kind several causes. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class WhyIT extends SharedNode {

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder
        .beans(Lines.class)
        .setting("synchronik.workers", "2")
        .setting("synchronik.lease", "3s");
  }

  private Explanations why() {
    return manager.monitoring().why();
  }

  private static void decides(Why why, String code, Answer answer, String text) {
    Why.Check check = why.decisive().orElseThrow();
    assertThat(check.code()).as("%s", why).isEqualTo(code);
    assertThat(check.answer()).isEqualTo(answer);
    assertThat(check.text()).isEqualTo(text);
  }

  @Test
  void unitThatMayRunHasNothingAgainstIt() {
    register("free", run -> null);

    Why why = why().unit("free");

    assertThat(why.about()).isEqualTo("unit free");
    assertThat(why.checks()).extracting(Why.Check::answer).doesNotContain(Answer.UNMET);
    decides(why, "scheduled", Answer.OPEN, "it has no schedule: it runs when somebody asks for it");
  }

  @Test
  void pausedUnit() {
    register("paused", run -> null, config -> config.cron("0 0 0 1 1 ?", ZoneOffset.UTC));
    manager.pause("paused");

    decides(
        why().unit("paused"),
        "not-paused",
        Answer.UNMET,
        "code has paused it, until it is resumed");

    manager.resume("paused");
    Why why = why().unit("paused");
    decides(why, "due", Answer.OPEN, "it is due at " + unit("paused").timing().nextDue());
  }

  @Test
  void disabledUnit() {
    register("disabled", run -> null);
    manager.disable("disabled");

    decides(why().unit("disabled"), "enabled", Answer.UNMET, "it is disabled");
  }

  @Test
  void unitWithoutCode() throws Exception {
    register("forgotten", run -> null);
    database.execute("delete from sk_node_unit where unit = 'forgotten'");

    decides(why().unit("forgotten"), "known", Answer.UNMET, "no live node has the code of it");
  }

  @Test
  void unitThatHasRunAsOftenAsItMay() {
    register("once", run -> null, config -> config.maxRuns(1));
    manager.runWorkerById("once").join(Probe.PATIENCE);
    Await.until(Probe.PATIENCE, () -> unit("once").statistics().runs() == 1);

    assertThat(why().unit("once").checks())
        .filteredOn(check -> check.answer() == Answer.UNMET)
        .extracting(Why.Check::code)
        .contains("runs-left");
  }

  @Test
  void runThatWaitsForAnother() {
    Held held = Held.interruptibly();
    register("queued", held, config -> config.overlap(Overlap.QUEUE));
    RunHandle first = manager.runWorkerById("queued");
    held.awaitBegun();
    RunHandle second = manager.runWorkerById("queued");
    Await.until(Probe.PATIENCE, () -> second.state() == RunState.SUBMITTED);

    Why why = why().run(second.id().value());
    decides(
        why, "none-in-progress", Answer.OPEN, "a run of it is in progress, and overlap is queue");
    assertThat(why.decisive().orElseThrow().link())
        .isEqualTo(new Why.Link("run", first.id().value()));
    decides(why().run(first.id().value()), "work-ended", Answer.OPEN, "its work goes on");
    decides(
        why().unit("queued"),
        "none-in-progress",
        Answer.OPEN,
        "a run of it is in progress, and overlap is queue");

    held.letAllGo();
    second.join(Probe.PATIENCE);
    assertThat(why().run(second.id().value()).decisive()).isEmpty();
  }

  @Test
  void runThatWaitsForItsNextAttempt() {
    register(
        "retried",
        run -> {
          throw new IllegalStateException("the ledger is closed");
        },
        config -> config.maxRetries(1).retryDelay(Duration.ofHours(1)));
    RunHandle run = manager.runWorkerById("retried");
    awaitState(run, RunState.WAITING);

    decides(
        why().run(run.id().value()),
        "attempt-due",
        Answer.OPEN,
        "attempt 2 is due at " + view(run).times().dueAt());

    run.cancel();
    decides(
        why().run(run.id().value()),
        "ended",
        Answer.UNMET,
        "it ended canceled: " + view(run).execution().reason());
  }

  @Test
  void runThatFailed() {
    register(
        "failed",
        run -> {
          throw new IllegalStateException("the ledger is closed");
        },
        config -> config.maxRetries(0));
    RunHandle run = manager.runWorkerById("failed");
    awaitState(run, RunState.FAILED);

    decides(
        why().run(run.id().value()),
        "ended",
        Answer.UNMET,
        "it ended failed: java.lang.IllegalStateException: the ledger is closed");
  }

  @Test
  void runWithoutAThread() {
    Held held = Held.interruptibly();
    register("busy", held, config -> config.overlap(Overlap.ALLOW));
    RunHandle[] runs = new RunHandle[3];
    for (int i = 0; i < runs.length; i++) {
      runs[i] = manager.runWorkerById("busy");
    }
    held.begun.awaitCount(2, run -> true, Probe.PATIENCE);
    Await.until(Probe.PATIENCE, () -> count(runs, RunState.READY) == 1);
    RunHandle waiting = runs[0];
    for (RunHandle run : runs) {
      waiting = run.state() == RunState.READY ? run : waiting;
    }
    String id = waiting.id().value();
    // The next heartbeat tells
    Await.until(
        Probe.PATIENCE,
        () ->
            why()
                .run(id)
                .decisive()
                .map(Why.Check::code)
                .filter("thread-free"::equals)
                .isPresent());
    decides(why().run(id), "thread-free", Answer.OPEN, "all 2 threads are busy");
    held.letAllGo();
    waiting.join(Probe.PATIENCE);
  }

  private static int count(RunHandle[] runs, RunState state) {
    int found = 0;
    for (RunHandle run : runs) {
      found += run.state() == state ? 1 : 0;
    }
    return found;
  }

  @Test
  void stepsOfAProcess() {
    Held held = Held.interruptibly();
    register("read", held);
    register("check", run -> "bad");
    register("book", run -> null);
    register("tell", run -> null);
    manager.registerUnit(
        Process.named("import")
            .worker("read")
            .worker("check")
            .after("read")
            .worker("book")
            .after("check", "good"::equals)
            .worker("tell")
            .after("check")
            .build());
    RunHandle run = manager.runUnitById("import", RunRequest.PLAIN);
    held.awaitBegun();
    String id = run.id().value();

    decides(why().step(id, "check"), "step-before", Answer.OPEN, "read is running");
    assertThat(why().step(id, "check").decisive().orElseThrow().link())
        .isEqualTo(new Why.Link("step", id + "/read"));
    decides(why().step(id, "read"), "work-ended", Answer.OPEN, "its work goes on");
    decides(why().run(id), "steps-ended", Answer.OPEN, "steps that have not ended: 1");

    held.letAllGo();
    run.join(Probe.PATIENCE);
    assertThat(why().step(id, "tell").decisive()).isEmpty();
    Why.Check skipped = why().step(id, "book").decisive().orElseThrow();
    assertThat(skipped.code()).isEqualTo("step-runs");
    assertThat(skipped.text()).startsWith("it is skipped: ").contains("check");
  }

  /** One item of each kind: one that is worked on, one that waits for it, one that has failed. */
  @Worker(id = "lines", maxRetries = 1, retryDelay = "1h")
  static class Lines implements ItemWork<String, Void> {
    @Override
    public void enumerate(Items<String> items, RunContext run) {
      items.add(NewItem.of("first").withMutex("ledger").withKey("first"));
      items.add(NewItem.of("second").withMutex("ledger").withKey("second"));
      items.add(NewItem.of("torn").withKey("torn"));
    }

    @Override
    public Void process(String line, ItemContext item) throws Exception {
      if (line.equals("torn")) {
        throw new IllegalStateException("the line is torn");
      }
      GO.acquire();
      return null;
    }
  }

  private static final Semaphore GO = new Semaphore(0);

  @Test
  void items() {
    GO.drainPermits();
    RunHandle run = manager.runWorkerById("lines");
    Await.until(Probe.PATIENCE, () -> item(run, "torn").filter(this::isTriedAgain).isPresent());
    Await.until(
        Probe.PATIENCE,
        () -> itemStatistics(run).started() == 1 && itemStatistics(run).initialized() == 2);
    boolean firstRuns = item(run, "first").orElseThrow().state() == ItemState.STARTED;
    ItemView torn = item(run, "torn").orElseThrow();

    decides(why().item(torn.id()), "item-due", Answer.OPEN, "it is due at " + torn.times().dueAt());
    decides(
        why().item(item(run, firstRuns ? "first" : "second").orElseThrow().id()),
        "work-ended",
        Answer.OPEN,
        "its work goes on");
    decides(
        why().item(item(run, firstRuns ? "second" : "first").orElseThrow().id()),
        "mutex-free",
        Answer.OPEN,
        "an item with ledger is worked on");

    run.cancel();
    GO.release(2);
    run.join(Probe.PATIENCE);
    decides(why().item(torn.id()), "ended", Answer.UNMET, "it ended canceled");
  }

  private boolean isTriedAgain(ItemView item) {
    return item.times().dueAt() != null && item.state() == ItemState.INITIALIZED;
  }

  private Optional<ItemView> item(RunHandle run, String key) {
    return manager.items().list(run.id().value(), ItemQuery.FIRST).items().stream()
        .filter(item -> key.equals(item.asked().key()))
        .findFirst();
  }

  @Test
  void tasksOfAPool() {
    Held held = Held.interruptibly();
    register("pooled", held);
    WorkerPool pool = manager.useWorkerPool("why", 1);
    long first = pool.addTask(PoolTask.of("first", "pooled"));
    held.awaitBegun();
    long second = pool.addTask(PoolTask.of("second", "pooled"));
    long third = pool.addTask(PoolTask.of("third", "pooled"));

    decides(why().task("why", first), "work-ended", Answer.OPEN, "its work goes on");
    decides(
        why().task("why", third),
        "place-free",
        Answer.OPEN,
        "1 of 1 places are taken, 1 tasks are before it");
    pool.pauseTask(second);
    decides(why().task("why", second), "task-not-paused", Answer.UNMET, "it is paused");
    decides(
        why().task("why", third),
        "no-paused-before",
        Answer.UNMET,
        "task " + second + " before it is paused");
    pool.resumeTask(second);
    held.letAllGo();
    Await.until(Probe.PATIENCE, () -> why().task("why", third).decisive().isEmpty());
  }

  @Test
  void whatIsNotThere() {
    assertThatThrownBy(() -> why().unit("nothing")).isInstanceOf(UnknownUnitException.class);
    assertThatThrownBy(() -> why().run("nothing")).isInstanceOf(UnknownRunException.class);
    assertThatThrownBy(() -> why().step("nothing", "step")).isInstanceOf(UnknownRunException.class);
  }
}
