package io.synchronik.it.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.SynchronikManager;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemQuery;
import io.synchronik.item.ItemState;
import io.synchronik.item.ItemStatistics;
import io.synchronik.item.NewItem;
import io.synchronik.run.InvalidConfigurationException;
import io.synchronik.run.InvalidDefinitionException;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.schedule.Overlap;
import io.synchronik.worker.WorkerConfig;
import io.synchronik.worker.WorkerConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Items of which only so many are worked on at once, or begin within a time. */
public final class ItemLimiting extends Scenario {
  ItemLimiting(SynchronikManager manager) {
    super(manager);
  }

  /** Counts the calls that are under way, which wait to be let go. */
  private static final class Gauge {
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final Semaphore let = new Semaphore(0);

    @Nullable Object pass() throws InterruptedException {
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      try {
        let.acquire();
        return null;
      } finally {
        now.decrementAndGet();
      }
    }

    void awaitInside(int count) {
      Await.until(Probe.PATIENCE, () -> now.get() == count);
    }

    void open() {
      let.release(1_000_000);
    }

    int most() {
      return most.get();
    }
  }

  private void define(String id, Gauge gauge, UnaryOperator<WorkerConfigBuilder> config) {
    define(
        new ItemsOf<>(id, Integer.class)
            .adding(items -> IntStream.range(0, 60).forEach(items::add))
            .working((number, item) -> gauge.pass()),
        given -> config.apply(given.overlap(Overlap.ALLOW)));
  }

  /** Threads are free and items are claimed: what else could begin would have begun. */
  private void runSomethingElse(String id) {
    define(
        new ItemsOf<>(id, Integer.class)
            .adding(items -> IntStream.range(0, 300).forEach(items::add))
            .working((number, item) -> null));
    complete(manager.runWorkerById(id));
  }

  private static void complete(RunHandle run) {
    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
  }

  /** All runs of the worker together stay within its limit. */
  public void workerHasALimit() {
    Gauge gauge = new Gauge();
    define("limit-worker", gauge, config -> config.concurrency(3));
    RunHandle first = manager.runWorkerById("limit-worker");
    RunHandle second = manager.runWorkerById("limit-worker");
    gauge.awaitInside(3);
    runSomethingElse("limit-worker-else");
    assertThat(gauge.most()).isEqualTo(3);

    gauge.open();

    complete(first);
    complete(second);
    assertThat(gauge.most()).isEqualTo(3);
    assertThat(statistics(second)).isEqualTo(new ItemStatistics(0, 0, 60, 0, 0));
  }

  /** The limit of a node is kept as well. */
  public void nodeHasALimit() {
    Gauge gauge = new Gauge();
    define("limit-node", gauge, config -> config.nodeConcurrency(2));
    RunHandle first = manager.runWorkerById("limit-node");
    RunHandle second = manager.runWorkerById("limit-node");
    gauge.awaitInside(2);
    runSomethingElse("limit-node-else");
    gauge.open();

    complete(first);
    complete(second);
    assertThat(gauge.most()).isEqualTo(2);
  }

  /** Workers of one queue share its limit, which is one call at a time by default. */
  public void queueIsShared() {
    Gauge gauge = new Gauge();
    define("limit-queue-1", gauge, config -> config.queue("limit-queue"));
    define("limit-queue-2", gauge, config -> config.queue("limit-queue").concurrency(5));
    RunHandle first = manager.runWorkerById("limit-queue-1");
    RunHandle second = manager.runWorkerById("limit-queue-2");
    gauge.awaitInside(1);
    runSomethingElse("limit-queue-else");
    gauge.open();

    complete(first);
    complete(second);
    assertThat(gauge.most()).isEqualTo(1);
  }

  /** A limit that is changed holds for the items to come. */
  public void limitIsChangedWhileItHolds() {
    Gauge gauge = new Gauge();
    define("limit-changed", gauge, config -> config.concurrency(1));
    RunHandle run = manager.runWorkerById("limit-changed");
    gauge.awaitInside(1);

    manager.updateWorkerConfig("limit-changed", config -> config.concurrency(4));

    gauge.awaitInside(4);
    manager.updateWorkerConfig("limit-changed", config -> config.concurrency(0));
    Await.until(Probe.PATIENCE, () -> gauge.most() > 4);
    gauge.open();
    complete(run);
  }

  /** What a thread has before it behind an item that takes long goes on with other permits. */
  public void longItemHoldsNoOthers() {
    Semaphore let = new Semaphore(0);
    AtomicInteger calls = new AtomicInteger();
    define(
        new ItemsOf<>("limit-long", Integer.class)
            .addingIn((items, run) -> IntStream.range(0, 200).forEach(items::add))
            .working(
                (number, item) -> {
                  // So late that the engine takes several at a time
                  if (number == 100) {
                    let.acquire();
                  }
                  return calls.incrementAndGet();
                }),
        config -> config.concurrency(2));
    RunHandle run = manager.runWorkerById("limit-long");

    Await.until(Probe.PATIENCE, () -> calls.get() == 199);

    let.release();
    complete(run);
    assertThat(calls).hasValue(200);
  }

  /** Of the items with one mutex one is worked on, whatever their workers; others go on. */
  public void mutexKeepsItemsApart() {
    Gauge one = new Gauge();
    Map<String, Gauge> gauges =
        Map.of("account-1", one, "account-2", new Gauge(), "account-3", new Gauge());
    Gauge none = new Gauge();
    List<RunHandle> runs = new ArrayList<>();
    for (String worker : List.of("limit-mutex-1", "limit-mutex-2")) {
      define(
          new ItemsOf<>(worker, String.class)
              .adding(
                  items -> {
                    for (int i = 0; i < 20; i++) {
                      gauges.keySet().forEach(name -> items.add(NewItem.of(name).withMutex(name)));
                      items.add("none");
                    }
                  })
              .working((name, item) -> gauges.getOrDefault(name, none).pass()));
      runs.add(manager.runWorkerById(worker));
    }
    none.open();
    gauges.values().forEach(gauge -> gauge.awaitInside(1));
    gauges.values().stream().filter(gauge -> gauge != one).forEach(Gauge::open);
    // All but one run's items of the held mutex could begin by now
    Await.until(
        Probe.PATIENCE,
        () -> runs.stream().mapToLong(run -> statistics(run).completed()).sum() == 120);
    assertThat(one.most()).isEqualTo(1);
    assertThat(
            manager
                .items()
                .list(runs.get(0).id().value(), ItemQuery.FIRST.in(ItemState.COMPLETED))
                .items())
        .extracting(item -> item.asked().mutex())
        .contains("account-2", (String) null)
        .doesNotContain("account-1");

    one.open();

    runs.forEach(ItemLimiting::complete);
    gauges.values().forEach(gauge -> assertThat(gauge.most()).isEqualTo(1));
  }

  /** A failed attempt does not keep the mutex from others while it waits for the next. */
  public void mutexIsFreeBetweenAttempts() {
    List<String> calls = new CopyOnWriteArrayList<>();
    define(
        new ItemsOf<>("limit-mutex-retry", Integer.class)
            .adding(
                items ->
                    IntStream.range(0, 3).forEach(i -> items.add(NewItem.of(i).withMutex("one"))))
            .working(
                (number, item) -> {
                  calls.add(number + "/" + item.attempt());
                  if (item.attempt() < 3) {
                    throw new IllegalStateException("not yet");
                  }
                  return null;
                }),
        config -> config.maxRetries(2).retryDelay(Duration.ofMillis(20)));

    complete(manager.runWorkerById("limit-mutex-retry"));

    assertThat(calls).hasSize(9).doesNotHaveDuplicates();
  }

  /** Not more begin in any stretch of the period, of all runs together. */
  public void rateIsKept() {
    Duration period = Duration.ofMillis(400);
    define(
        new ItemsOf<>("limit-rate", Integer.class)
            .adding(items -> IntStream.range(0, 12).forEach(items::add))
            .working((number, item) -> null),
        config -> config.rate(5, period).overlap(Overlap.ALLOW));
    RunHandle first = manager.runWorkerById("limit-rate");
    RunHandle second = manager.runWorkerById("limit-rate");
    complete(first);
    complete(second);

    List<Instant> times = new ArrayList<>(startsOf(first));
    times.addAll(startsOf(second));
    times.sort(null);

    assertThat(times).hasSize(24);
    for (int i = 5; i < times.size(); i++) {
      assertThat(Duration.between(times.get(i - 5), times.get(i))).isGreaterThanOrEqualTo(period);
    }
  }

  private List<Instant> startsOf(RunHandle run) {
    return manager.items().list(run.id().value(), ItemQuery.FIRST).items().stream()
        .flatMap(item -> Optional.ofNullable(item.times().startedAt()).stream())
        .toList();
  }

  /** Limits are for items; for other workers they are refused, and nothing is changed. */
  public void limitsNeedItems() {
    assertThatThrownBy(() -> register("limit-none", run -> "", config -> config.concurrency(2)))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("SYNC-0012")
        .hasMessageContaining("limit the work on items");
    register("limit-later", run -> "");
    assertThatThrownBy(
            () -> manager.updateWorkerConfig("limit-later", config -> config.queue("erp")))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("SYNC-0098");
    assertThat(unit("limit-later").workerConfig()).isEqualTo(WorkerConfig.DEFAULT);
  }
}
