package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.WatcherReport;
import io.synchronik.event.ItemsReset;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Faults;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemStatistics;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No call depends on how much there is. The property {@code synchronik.it.items} says how many
 * items; 300000 is what the engine promises.
 */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class LargeIT extends SharedNode {
  private static final int ITEMS = Integer.getInteger("synchronik.it.items", 30_000);

  private final Faults faults = new Faults();

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder
        .faults(faults)
        .setting("synchronik.lease", "10m")
        .setting("synchronik.history.retain", "1h");
  }

  @Override
  void prepare() {
    register("other", run -> "done");
  }

  /** Goes on with other work until a call has returned; returns how often it did something. */
  private int bites(CompletableFuture<?> call, AtomicInteger bites) {
    do {
      assertThat(manager.runWorkerById("other").join(Probe.PATIENCE).state())
          .isEqualTo(RunState.COMPLETED);
    } while (!call.isDone());
    return bites.get();
  }

  /** Counts the statements that begin so from now on. */
  private AtomicInteger counted(String statement) {
    AtomicInteger count = new AtomicInteger();
    faults.watch(
        hit -> {
          if (hit.what().strip().startsWith(statement)) {
            count.incrementAndGet();
          }
        });
    return count;
  }

  @Test
  void failedItemsAreTriedAgainByOneCall() throws Exception {
    RunHandle run = ManyFailed.begin(manager, database, "many", ITEMS);
    String id = run.id().value();

    AtomicInteger bites = counted("update sk_item_retry");
    CompletableFuture<Integer> call =
        CompletableFuture.supplyAsync(() -> manager.items().retryFailed(id, null));

    assertThat(bites(call, bites)).isGreaterThanOrEqualTo(ITEMS / 1000);
    assertThat(call.join()).isEqualTo(ITEMS);
    assertThat(itemStatistics(run)).isEqualTo(new ItemStatistics(ITEMS, 0, 0, 0, 0));
    assertThat(awaitEvent(ItemsReset.class, "many").items()).isEqualTo(ITEMS);
    manager.runLoopOnce();
    assertThat(eventsOf(run.id())).filteredOn(ItemsReset.class::isInstance).hasSize(1);
  }

  private long number(String sql) {
    try {
      return database.number(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void oneLargeRunIsRemoved() throws Exception {
    RunHandle run = ManyFailed.begin(manager, database, "old", ITEMS);
    manager.items().close(run.id().value());
    run.join(Probe.PATIENCE);
    database.execute(
        "update sk_run set ended_at = ? where id = ?", ManyFailed.LONG_AGO, run.id().value());

    AtomicInteger bites = counted("delete from sk_item where");
    CompletableFuture<WatcherReport> scan =
        CompletableFuture.supplyAsync(() -> manager.runWatcherScan());

    assertThat(bites(scan, bites)).isGreaterThanOrEqualTo(ITEMS / 5000);
    assertThat(scan.join().removedRuns()).isPositive();
    assertThat(manager.getRunById(run.id().value())).isEmpty();
    assertThat(number("select count(*) from sk_item_set where unit = 'old'")).isZero();
  }
}
