package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.event.ItemsReset;
import io.synchronik.event.UnitCancelled;
import io.synchronik.event.UnitFailed;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemPolicy;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemStatistics;
import io.synchronik.item.ItemSummary;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.item.NewItem;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import io.synchronik.schedule.Overlap;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.WorkerConfigBuilder;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is done with many items at once comes to the same as with few. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class ItemBulkIT extends SharedNode {
  private static final int MANY = 6_000;

  private static final String OPEN_IN_FINAL =
      """
      select coalesce(sum(c.initialized + c.started), 0) from sk_run r
      join sk_item_set s on s.app = r.app and s.run = r.id
      join sk_item_count c on c.app = s.app and c.item_set = s.id
      where r.ended_at is not null and r.unit = ?
      """;

  /** The first items are done, all others wait until they are interrupted. */
  private static class FirstOnly implements ItemWork<Integer, Integer> {
    private final int done;
    private final ItemPolicy policy;

    FirstOnly(int done, ItemPolicy policy) {
      this.done = done;
      this.policy = policy;
    }

    @Override
    public void enumerate(Items<Integer> items, RunContext run) throws Exception {
      IntStream.range(0, MANY).forEach(items::add);
    }

    @Override
    public Integer process(Integer number, ItemContext item) throws InterruptedException {
      if (number >= done) {
        new CountDownLatch(1).await();
      }
      return number;
    }

    @Override
    public ItemPolicy policy() {
      return policy;
    }
  }

  private RunHandle run(String id, ItemWork<Integer, Integer> work) {
    manager.registerUnit(ItemSource.worker(id, Integer.class, work));
    return manager.runWorkerById(id);
  }

  /** Waits for the end of a run while it looks that none is final before its items are. */
  private RunOutcome watched(RunHandle run, String unit) throws Exception {
    Await.until(
        Probe.PATIENCE,
        () -> {
          assertNothingLeft(unit);
          return run.state().isFinal();
        });
    assertNothingLeft(unit);
    return run.join(Probe.PATIENCE);
  }

  private void assertNothingLeft(String unit) {
    try {
      assertThat(database.number(OPEN_IN_FINAL, unit)).isZero();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void enoughSuccessesEndTheRunAfterItsItems() throws Exception {
    RunHandle run = run("enough", new FirstOnly(3, ItemPolicy.completeAt(3)));

    RunOutcome outcome = watched(run, "enough");

    assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
    assertThat(outcome.result().as(ItemSummary.class))
        .isEqualTo(new ItemSummary(MANY, 3, 0, MANY - 3));
    assertThat(itemStatistics(run)).isEqualTo(new ItemStatistics(0, 0, 3, 0, MANY - 3));
    assertThat(unit("enough").statistics().completed()).isOne();
  }

  @Test
  void cancelledRunEndsAfterItsItems() throws Exception {
    RunHandle run = run("cancelled", new FirstOnly(5, ItemPolicy.failFast()));
    Await.until(Probe.PATIENCE, () -> itemStatistics(run).completed() == 5);

    assertThat(run.cancel()).isTrue();

    assertThat(watched(run, "cancelled").state()).isEqualTo(RunState.CANCELED);
    assertThat(itemStatistics(run)).isEqualTo(new ItemStatistics(0, 0, 5, 0, MANY - 5));
    assertThat(allEventsOf(run)).filteredOn(UnitCancelled.class::isInstance).hasSize(1);
    assertThat(run.cancel()).isFalse();
  }

  /** What cancel answers stays true also while a run is ending in another way. */
  @Test
  void cancelWhileItEndsWins() throws Exception {
    RunHandle run = run("both", new FirstOnly(3, ItemPolicy.completeAt(3)));
    Await.until(Probe.PATIENCE, () -> itemStatistics(run).canceled() > 0 || run.state().isFinal());

    boolean canceled = run.cancel();

    assertThat(watched(run, "both").state())
        .isEqualTo(canceled ? RunState.CANCELED : RunState.COMPLETED);
  }

  private RunHandle enumerating(
      String id, BiConsumer<Items<Integer>, RunContext> adds, int retries) {
    ItemWork<Integer, Integer> work =
        new FirstOnly(0, ItemPolicy.failFast()) {
          @Override
          public void enumerate(Items<Integer> items, RunContext run) {
            adds.accept(items, run);
          }
        };
    manager.registerUnit(
        ItemSource.worker(id, Integer.class, work)
            .with(config -> config.maxRetries(retries).retryDelay(Duration.ofHours(1))));
    return manager.runWorkerById(id);
  }

  private static void addKeyed(Items<Integer> items) {
    IntStream.range(0, MANY).forEach(i -> items.add(NewItem.of(i).withKey("k" + i)));
  }

  @Test
  void failedEnumerationEndsTheRunAfterItsItems() throws Exception {
    RunHandle run =
        enumerating(
            "torn",
            (items, context) -> {
              addKeyed(items);
              throw new IllegalStateException("no more");
            },
            0);

    RunOutcome outcome = watched(run, "torn");

    assertThat(outcome.state()).isEqualTo(RunState.FAILED);
    assertThat(outcome.failure()).isNotNull();
    assertThat(outcome.failure().message()).isEqualTo("no more");
    assertThat(itemStatistics(run).canceled()).isEqualTo(MANY);
    assertThat(awaitEvent(UnitFailed.class, "torn").failure().exception())
        .hasValueSatisfying(e -> assertThat(e).isInstanceOf(IllegalStateException.class));
    assertThat(unit("torn").statistics().failed()).isOne();
  }

  @Test
  void runThatWaitsForItsEnumerationIsCancelledAfterItsItems() throws Exception {
    RunHandle run =
        enumerating(
            "waits",
            (items, context) -> {
              addKeyed(items);
              throw new IllegalStateException("again");
            },
            1);
    awaitState(run, RunState.WAITING);

    assertThat(run.cancel()).isTrue();

    assertThat(watched(run, "waits").state()).isEqualTo(RunState.CANCELED);
    assertThat(itemStatistics(run).canceled()).isEqualTo(MANY);
    assertThat(unit("waits").statistics().runs()).isZero();
  }

  @Test
  void submittedRunWithItemsIsCancelledAfterThem() throws Exception {
    Held held = Held.interruptibly();
    AtomicInteger worked = new AtomicInteger();
    ItemWork<Integer, Integer> work =
        new FirstOnly(MANY, ItemPolicy.failFast()) {
          @Override
          public void enumerate(Items<Integer> items, RunContext run) throws Exception {
            held.run(run);
          }

          @Override
          public Integer process(Integer number, ItemContext item) {
            return worked.incrementAndGet();
          }
        };
    UnaryOperator<WorkerConfigBuilder> queued = config -> config.overlap(Overlap.QUEUE);
    manager.registerUnit(ItemSource.worker("early", Integer.class, work).with(queued));
    RunHandle first = manager.runWorkerById("early");
    held.awaitBegun();
    RunHandle run = manager.runWorkerById("early");
    manager.items().add(run.id().value(), IntStream.range(0, 10).mapToObj(NewItem::of).toList());

    assertThat(run.cancel()).isTrue();
    held.letAllGo();

    assertThat(watched(run, "early").state()).isEqualTo(RunState.CANCELED);
    assertThat(itemStatistics(run)).isEqualTo(new ItemStatistics(0, 0, 0, 0, 10));
    assertThat(first.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(worked).hasValue(0);
  }

  /** Returns a run that is kept open and all of whose items have failed. */
  private RunHandle allFailed(String id, AtomicInteger calls) {
    ItemWork<Integer, Integer> work =
        new FirstOnly(0, ItemPolicy.continueOnFailure()) {
          @Override
          public void enumerate(Items<Integer> items, RunContext run) {
            IntStream.range(0, 1500).forEach(items::add);
            items.keepOpen();
          }

          @Override
          public Integer process(Integer number, ItemContext item) {
            if (calls.incrementAndGet() <= 1500) {
              throw new IllegalStateException("first");
            }
            return number;
          }
        };
    RunHandle run = run(id, work);
    Await.until(Probe.PATIENCE, () -> itemStatistics(run).failed() == 1500);
    return run;
  }

  private void assertAllRetried(RunHandle run, String id) {
    Await.until(Probe.PATIENCE, () -> itemStatistics(run).completed() == 1500);
    manager.items().close(run.id().value());
    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(awaitEvent(ItemsReset.class, id).items()).isEqualTo(1500);
    assertThat(eventsOf(run.id())).filteredOn(ItemsReset.class::isInstance).hasSize(1);
  }

  @Test
  void failedItemsAreRetriedInBites() {
    RunHandle run = allFailed("again", new AtomicInteger());

    assertThat(manager.items().retryFailed(run.id().value(), "first")).isEqualTo(1500);

    assertAllRetried(run, "again");
  }

  @Test
  void retryInsideATransactionFollowsItsCommit() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    RunHandle run = allFailed("inside", calls);

    node.inTransaction(
        () -> {
          assertThat(manager.items().retryFailed(run.id().value(), null)).isEqualTo(1500);
          // Nothing can have become of it, and the run waits for it
          manager.items().close(run.id().value());
        });

    assertAllRetried(run, "inside");
    assertThat(calls).hasValue(3000);
  }

  /** What a node has begun and left is gone on with. */
  @Test
  void retryOutlivesWhoBeganIt() throws Exception {
    RunHandle run = allFailed("left", new AtomicInteger());
    long set = database.number("select id from sk_item_set where run = ?", run.id().value());

    database.execute(
        """
        insert into sk_item_retry (app, id, item_set, failure, after_n, done, asked_at, taken_until)
        select app, '0', id, null, 0, 0, current_timestamp, current_timestamp from sk_item_set
        where id = ?
        """,
        set);

    assertAllRetried(run, "left");
    assertThat(database.number("select count(*) from sk_item_retry")).isZero();
  }

  @Test
  void limitThatCannotBeReadStopsNobodyElse() throws Exception {
    ItemWork<Integer, Integer> work =
        new FirstOnly(MANY, ItemPolicy.failFast()) {
          @Override
          public void enumerate(Items<Integer> items, RunContext run) {
            IntStream.range(0, 100).forEach(items::add);
          }
        };
    manager.registerUnit(
        ItemSource.worker("rated", Integer.class, work)
            .with(config -> config.rate(1_000_000, Duration.ofSeconds(1))));
    manager.runWorkerById("rated").join(Probe.PATIENCE);
    database.execute("update sk_rate set taken = 'unreadable' where unit = 'rated'");
    RunHandle stuck = manager.runWorkerById("rated");

    assertThat(run("unlimited", work).join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);

    assertThat(itemStatistics(stuck).completed()).isZero();
    database.execute("update sk_rate set taken = '' where unit = 'rated'");
    assertThat(stuck.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
  }
}
