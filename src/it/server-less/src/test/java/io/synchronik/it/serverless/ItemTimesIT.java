package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemSummary;
import io.synchronik.item.ItemWork;
import io.synchronik.item.NewItem;
import io.synchronik.run.RunHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Items begin when their time has come, however seldom the loop looks. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class ItemTimesIT extends SharedNode {
  private static final int ITEMS = 2500;

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder.setting("synchronik.loop-interval", "60s").setting("synchronik.lease", "5m");
  }

  @Test
  void manyItemsOfOneTimeBeginTogether() {
    ItemWork<Integer, Integer> work = (number, item) -> number;
    manager.registerUnit(ItemSource.worker("at-once", Integer.class, work));
    RunHandle run = manager.runWorkerById("at-once");
    Instant due = manager.getEngineStats().node().startedAt().plusSeconds(3);
    List<NewItem<Integer>> items =
        IntStream.range(0, ITEMS).mapToObj(i -> NewItem.of(i).notBefore(due)).toList();
    manager.items().add(run.id().value(), items);
    manager.items().close(run.id().value());

    assertThat(run.join(Probe.PATIENCE).result().as(ItemSummary.class))
        .isEqualTo(new ItemSummary(ITEMS, ITEMS, 0, 0));
  }

  @Test
  void delayedRetryNeedsNoLoop() {
    ItemWork<Integer, Integer> work =
        (number, item) -> {
          if (item.attempt() == 1) {
            throw new IllegalStateException("once");
          }
          return number;
        };
    manager.registerUnit(
        ItemSource.worker("once-more", Integer.class, work)
            .with(config -> config.maxRetries(1).retryDelay(Duration.ofMillis(300))));
    RunHandle run = manager.runWorkerById("once-more");
    manager.items().add(run.id().value(), NewItem.of(1));
    manager.items().close(run.id().value());

    assertThat(run.join(Probe.PATIENCE).result().as(ItemSummary.class))
        .isEqualTo(new ItemSummary(1, 1, 0, 0));
  }
}
