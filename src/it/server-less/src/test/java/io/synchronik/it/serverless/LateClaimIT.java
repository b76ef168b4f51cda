package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Faults;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.worker.RunContext;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A claim whose answer comes late is not worked on when its run has ended meanwhile. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class LateClaimIT extends SharedNode {
  private final Faults faults = new Faults();
  private final Queue<Integer> worked = new ConcurrentLinkedQueue<>();

  private final class Listed implements ItemWork<Integer, Integer> {
    @Override
    public void enumerate(Items<Integer> items, RunContext run) {
      IntStream.range(0, 50).forEach(items::add);
    }

    @Override
    public Integer process(Integer number, ItemContext item) {
      worked.add(number);
      return number;
    }
  }

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder.faults(faults).setting("synchronik.workers", "2");
  }

  @Test
  void itemsOfAFinalRunAreNotBegun() {
    manager.registerUnit(ItemSource.worker("late", Integer.class, new Listed()));
    worked.clear();
    CountDownLatch answer = new CountDownLatch(1);
    faults.watch(
        hit -> {
          boolean isClaim =
              hit.what().equals(Faults.COMMIT) && hit.thread().contains("item-intake");
          if (isClaim && started() > 0) {
            try {
              answer.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        });
    try {
      RunHandle run = manager.runWorkerById("late");
      Await.until(Probe.PATIENCE, () -> started() > 0);

      assertThat(run.cancel()).isTrue();

      assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
    } finally {
      faults.clear();
      answer.countDown();
    }
    // By the threads that would have begun the items
    RunHandle next = manager.runWorkerById("late");
    assertThat(next.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(worked).hasSize(50).doesNotHaveDuplicates();
  }

  private long started() {
    try {
      return database.number("select coalesce(sum(started), 0) from sk_item_count");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
