package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemPolicy;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemStatistics;
import io.synchronik.item.ItemSummary;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.item.NewItem;
import io.synchronik.run.ItemId;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import io.synchronik.run.SynchronikException;
import io.synchronik.worker.RunContext;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Many items, some of which fail or hang, and random commands from many threads. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class ItemsIT extends SharedNode {
  private static final int ITEMS = 10_000;
  private static final int THREADS = 6;
  private static final int COMMANDS = 150;
  private static final Duration PATIENCE = Probe.PATIENCE;

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder.setting("synchronik.workers", "100");
  }

  /** One in a hundred always fails, one in a hundred hangs, one in twenty fails once. */
  private static final class Mixed implements ItemWork<Integer, Integer> {
    private final ItemPolicy policy;
    private final AtomicInteger calls = new AtomicInteger();

    Mixed(ItemPolicy policy) {
      this.policy = policy;
    }

    @Override
    public void enumerate(Items<Integer> items, RunContext run) {
      IntStream.range(0, ITEMS).forEach(items::add);
    }

    @Override
    public Integer process(Integer number, ItemContext item) throws InterruptedException {
      calls.incrementAndGet();
      switch (number % 100) {
        case 1 -> throw new IllegalStateException("always");
        case 2 -> new CountDownLatch(1).await();
        case 20, 40, 60, 80, 99 -> {
          if (item.attempt() == 1) {
            throw new IllegalStateException("once");
          }
        }
        default -> {}
      }
      return number;
    }

    @Override
    public ItemPolicy policy() {
      return policy;
    }
  }

  private Mixed mixed;

  private RunHandle mixed(String id, ItemPolicy policy) {
    mixed = new Mixed(policy);
    manager.registerUnit(
        ItemSource.worker(id, Integer.class, mixed)
            .with(config -> config.maxRetries(1).timeout(Duration.ofSeconds(1))));
    return manager.runWorkerById(id);
  }

  private ItemStatistics statistics(RunHandle run) {
    return manager.items().findRun(run.id().value()).orElseThrow().statistics();
  }

  private void awaitAllFinal(RunHandle run) {
    Await.until(PATIENCE, () -> statistics(run).allFinal());
    assertThat(statistics(run).total()).isEqualTo(ITEMS);
  }

  @Test
  void allAreTriedWhateverFails() {
    RunHandle run = mixed("mixed-on", ItemPolicy.continueOnFailure());
    RunOutcome outcome = run.join(PATIENCE);
    assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
    assertThat(outcome.result().as(ItemSummary.class))
        .isEqualTo(new ItemSummary(ITEMS, ITEMS - 200, 200, 0));
    assertThat(statistics(run)).isEqualTo(new ItemStatistics(0, 0, ITEMS - 200, 200, 0));
    assertThat(mixed.calls).hasValue(ITEMS + 200 + 500);
  }

  @Test
  void thresholdIsExact() {
    assertThat(mixed("mixed-2", ItemPolicy.failAbove(2)).join(PATIENCE).state())
        .isEqualTo(RunState.COMPLETED);
    RunHandle above = mixed("mixed-199", ItemPolicy.failAboveCount(199));
    assertThat(above.join(PATIENCE).state()).isEqualTo(RunState.FAILED);
    awaitAllFinal(above);
    assertThat(statistics(above).failed()).isEqualTo(200);
  }

  @Test
  void firstFailureStopsTheRest() {
    RunHandle run = mixed("mixed-fast", ItemPolicy.failFast());
    assertThat(run.join(PATIENCE).state()).isEqualTo(RunState.FAILED);
    awaitAllFinal(run);
    assertThat(statistics(run).failed()).isPositive();
    assertThat(statistics(run).canceled()).isPositive();
  }

  @Test
  void enoughSuccessesWithdrawTheRest() {
    RunHandle run = mixed("mixed-enough", ItemPolicy.completeAt(1000));
    RunOutcome outcome = run.join(PATIENCE);
    awaitAllFinal(run);
    ItemStatistics left = statistics(run);
    assertThat(left.completed()).isGreaterThanOrEqualTo(1000);
    assertThat(outcome.result().as(ItemSummary.class))
        .isEqualTo(new ItemSummary(ITEMS, left.completed(), left.failed(), left.canceled()));
  }

  /** Counts its calls by item and attempt; what it does is at random. */
  private static final class Whims implements ItemWork<Integer, Integer> {
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final Map<ItemId, AtomicInteger> atOnce = new ConcurrentHashMap<>();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicLong added = new AtomicLong();

    @Override
    public Integer process(Integer number, ItemContext item) {
      AtomicInteger present = atOnce.computeIfAbsent(item.id(), id -> new AtomicInteger());
      most.accumulateAndGet(present.incrementAndGet(), Math::max);
      try {
        calls
            .computeIfAbsent(item.id() + "/" + item.attempt(), key -> new AtomicInteger())
            .incrementAndGet();
        Random random = new Random(31L * item.id().number() + item.attempt());
        switch (random.nextInt(8)) {
          case 0 -> throw new IllegalStateException("a whim");
          case 1 -> item.fail("given up");
          case 2 -> {
            if (number > 0) {
              item.add(NewItem.of(number - 1));
              added.incrementAndGet();
            }
          }
          default -> {}
        }
        return number;
      } finally {
        present.decrementAndGet();
      }
    }

    @Override
    public ItemPolicy policy() {
      return ItemPolicy.continueOnFailure();
    }
  }

  @Test
  void randomCommandsKeepWhatHolds() throws Exception {
    Whims whims = new Whims();
    manager.registerUnit(
        ItemSource.worker("whims", Integer.class, whims).with(config -> config.maxRetries(2)));
    RunHandle run = manager.runWorkerById("whims");
    String id = run.id().value();
    List<ItemId> known = new CopyOnWriteArrayList<>();
    AtomicLong added = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Random random = new Random(i);
        all.add(
            threads.submit(
                () -> {
                  for (int n = 0; n < COMMANDS; n++) {
                    command(random, id, known, added);
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
    manager.items().close(id);

    RunOutcome outcome = run.join(PATIENCE);

    assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
    ItemStatistics end = statistics(run);
    assertThat(end.initialized() + end.started()).isZero();
    assertThat(end.total()).isGreaterThanOrEqualTo(added.get());
    assertThat(whims.most).as("calls of one item at once").hasValue(1);
    for (String state : List.of("completed", "failed", "canceled")) {
      assertThat(number("select coalesce(sum(" + state + "), 0) from sk_item_count" + of(id)))
          .as(state)
          .isEqualTo(
              number("select count(*) from sk_item" + of(id) + " and state = '" + state + "'"));
    }
    assertThat(number("select count(*) from sk_item" + of(id) + " and ended_at is null")).isZero();
  }

  private static void check(ItemStatistics now) {
    assertThat(now.total()).isGreaterThanOrEqualTo(0);
    assertThat(now.initialized()).isGreaterThanOrEqualTo(0);
    assertThat(now.started()).isGreaterThanOrEqualTo(0);
  }

  private static String of(String run) {
    return " where item_set = (select id from sk_item_set where run = '" + run + "')";
  }

  private void command(Random random, String run, List<ItemId> known, AtomicLong added) {
    ItemId some = known.isEmpty() ? null : known.get(random.nextInt(known.size()));
    try {
      switch (random.nextInt(6)) {
        case 0, 1, 2 -> {
          List<NewItem<Integer>> items = new ArrayList<>();
          for (int i = random.nextInt(5); i >= 0; i--) {
            items.add(NewItem.of(random.nextInt(4)).withPriority(random.nextInt(3)));
          }
          known.addAll(manager.items().add(run, items));
          added.addAndGet(items.size());
        }
        case 3 -> {
          if (some != null) {
            manager.items().cancel(some, "at random");
          }
        }
        case 4 -> {
          if (some != null) {
            manager.items().retry(some);
          }
        }
        default -> {
          manager.items().retryFailed(run, random.nextBoolean() ? "whim" : null);
          // Empty until the run has begun, or somebody has added to it
          manager.items().findRun(run).ifPresent(found -> check(found.statistics()));
        }
      }
    } catch (SynchronikException e) {
      // The item is in another state by now
    }
  }

  private long number(String sql) {
    try {
      return database.number(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
