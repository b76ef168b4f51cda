package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemRunView;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemStatistics;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.item.NewItem;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.worker.RunContext;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of items that a run was given which is skipped then. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
@SuppressWarnings("try")
class SkippedItemsIT extends SharedNode {

  /** One run at a time, which lasts until it is let go. */
  private static final class Lasting implements ItemWork<String, String> {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @Override
    public void enumerate(Items<String> items, RunContext run) {
      items.add("only");
    }

    @Override
    public String process(String payload, ItemContext item) throws InterruptedException {
      begun.countDown();
      goOn.await();
      return payload;
    }
  }

  @Test
  void itemsOfASkippedRunAreWithdrawn() throws Exception {
    Lasting lasting = new Lasting();
    manager.registerUnit(ItemSource.worker("lasting", String.class, lasting));
    RunHandle first = manager.runWorkerById("lasting");
    lasting.begun.await();
    AtomicReference<RunHandle> second = new AtomicReference<>();
    try {
      node.inTransaction(
          () -> {
            RunHandle run = manager.runWorkerById("lasting");
            manager.items().add(run.id().value(), NewItem.of("one").withKey("one"));
            second.set(run);
          });

      assertThat(second.get().join(Probe.PATIENCE).state()).isEqualTo(RunState.SKIPPED);
      Await.until(
          Probe.PATIENCE,
          () -> itemStatistics(second.get()).equals(new ItemStatistics(0, 0, 0, 0, 1)));
      ItemRunView view = manager.items().findRun(second.get().id().value()).orElseThrow();
      assertThat(view.open()).isFalse();
    } finally {
      lasting.goOn.countDown();
    }
    assertThat(first.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
  }

  private RunHandle other() {
    register("other", run -> "done");
    return manager.runWorkerById("other");
  }

  /** Somebody adds items to it, and has not committed when it is to be skipped. */
  @Test
  void itemsOfASkippedRunThatSomebodyHoldsAreWithdrawnWithTheseOfHis() throws Exception {
    Lasting lasting = new Lasting();
    manager.registerUnit(ItemSource.worker("lasting-held", String.class, lasting));
    RunHandle first = manager.runWorkerById("lasting-held");
    lasting.begun.await();
    AtomicReference<RunHandle> second = new AtomicReference<>();
    try {
      OpenCaller unit =
          OpenCaller.of(
              node, () -> manager.updateUnitConfig("lasting-held", config -> config.maxRetries(1)));
      node.inTransaction(
          () -> {
            RunHandle run = manager.runWorkerById("lasting-held");
            manager.items().add(run.id().value(), NewItem.of("one").withKey("one"));
            second.set(run);
          });
      String id = second.get().id().value();
      try (OpenCaller items =
          OpenCaller.of(node, () -> manager.items().add(id, NewItem.of("two").withKey("two")))) {
        unit.close();
        // Somebody else's run is decided upon before
        assertThat(other().join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
        assertThat(second.get().state()).isEqualTo(RunState.SUBMITTED);
      }

      assertThat(second.get().join(Probe.PATIENCE).state()).isEqualTo(RunState.SKIPPED);
      Await.until(
          Probe.PATIENCE,
          () -> String.valueOf(itemStatistics(second.get())),
          () -> itemStatistics(second.get()).equals(new ItemStatistics(0, 0, 0, 0, 2)));
    } finally {
      lasting.goOn.countDown();
    }
    assertThat(first.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
  }
}
