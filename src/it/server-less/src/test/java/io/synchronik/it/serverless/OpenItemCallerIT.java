package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemPolicy;
import io.synchronik.item.ItemQuery;
import io.synchronik.item.ItemRunView;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemState;
import io.synchronik.item.ItemStatistics;
import io.synchronik.item.ItemView;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.item.NewItem;
import io.synchronik.run.ItemId;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.schedule.Overlap;
import io.synchronik.worker.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a caller's open transaction has changed of items waits for its end, and nothing else. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
@SuppressWarnings("try")
class OpenItemCallerIT extends SharedNode {
  private static final int TIMES = 4;

  private final Semaphore held = new Semaphore(0);

  /** Some items fail, some wait until they are let go; the run stays open. */
  private final class Mixed implements ItemWork<String, String> {
    @Override
    public void enumerate(Items<String> items, RunContext run) {
      List.of("waits", "ends", "fails", "fails").forEach(items::add);
      items.keepOpen();
    }

    @Override
    public String process(String payload, ItemContext item) throws InterruptedException {
      switch (payload) {
        case "fails" -> throw new IllegalStateException("it fails");
        case "waits" -> held.acquire();
        default -> {}
      }
      return payload;
    }

    @Override
    public ItemPolicy policy() {
      return ItemPolicy.continueOnFailure();
    }
  }

  private static final class Plain implements ItemWork<Integer, Integer> {
    @Override
    public void enumerate(Items<Integer> items, RunContext run) {
      IntStream.range(0, 20).forEach(items::add);
    }

    @Override
    public Integer process(Integer payload, ItemContext item) {
      return payload;
    }
  }

  /** Whoever waits for the caller waits for longer than the test. */
  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder.setting("synchronik.lease", "1h");
  }

  @Override
  void prepare() {
    manager.registerUnit(
        ItemSource.worker("mixed", String.class, new Mixed())
            .with(config -> config.overlap(Overlap.ALLOW).maxRetries(0)));
    manager.registerUnit(
        ItemSource.worker("plain", Integer.class, new Plain())
            .with(config -> config.overlap(Overlap.ALLOW)));
  }

  @Test
  void addedItemsStopNoOther() {
    RunHandle run = mixed();
    try (OpenCaller caller =
        OpenCaller.of(
            node, () -> manager.items().add(run.id().value(), NewItem.of("ends").withKey("k")))) {
      othersGoOn();
      held.release();
      othersGoOn();
    }
    await(run, ItemState.COMPLETED, 3);
    close(run, 5);
  }

  @Test
  void closedRunStopsNoOther() {
    RunHandle run = mixed();
    try (OpenCaller caller = OpenCaller.of(node, () -> manager.items().close(run.id().value()))) {
      held.release();
      othersGoOn();
      assertThat(run.state()).isEqualTo(RunState.RUNNING);
    }
    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
  }

  @Test
  void cancelledItemsStopNoOther() {
    RunHandle run = mixed();
    ItemId waits = item(run, ItemState.STARTED);
    try (OpenCaller caller =
        OpenCaller.of(node, () -> manager.items().cancel(waits, "not wanted"))) {
      held.release();
      othersGoOn();
      if (kind == DatabaseKind.POSTGRESQL) {
        // What is of the same run goes on as well
        manager.items().add(run.id().value(), NewItem.of("fails"));
        await(run, ItemState.FAILED, 3);
      }
      othersGoOn();
    }
    await(run, ItemState.CANCELED, 1);
    close(run, kind == DatabaseKind.POSTGRESQL ? 5 : 4);
  }

  @Test
  void repeatedItemsStopNoOther() {
    RunHandle run = mixed();
    ItemId failed = item(run, ItemState.FAILED);
    try (OpenCaller caller =
        OpenCaller.of(
            node,
            () -> {
              manager.items().retry(failed);
              manager.items().retryFailed(run.id().value(), null);
            })) {
      othersGoOn();
    }
    held.release();
    close(run, 4);
  }

  @Test
  void cancelledRunStopsNoOther() {
    RunHandle run = mixed();
    try (OpenCaller caller = OpenCaller.of(node, () -> assertThat(run.cancel()).isTrue())) {
      held.release();
      othersGoOn();
    }
    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
  }

  @Test
  void endingRunOfWhichAnItemIsHeldStopsNoOther() {
    RunHandle run = mixed();
    ItemId waits = item(run, ItemState.STARTED);
    try (OpenCaller caller =
        OpenCaller.of(node, () -> manager.items().cancel(waits, "not wanted"))) {
      assertThat(run.cancel()).isTrue();
      othersGoOn();
      assertThat(run.state()).isEqualTo(RunState.RUNNING);
    }
    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
  }

  @Test
  void randomProgramsOfCommandsStopNoOther() {
    Random random = new Random(7);
    for (int program = 0; program < 4; program++) {
      RunHandle[] runs = {mixed(), mixed(), mixed()};
      List<Node.Step> steps = new ArrayList<>();
      for (RunHandle run : runs) {
        steps.add(command(random.nextInt(5), run));
      }
      try (OpenCaller caller = OpenCaller.of(node, steps)) {
        held.release(runs.length);
        othersGoOn();
      }
      for (RunHandle run : runs) {
        if (!run.state().isFinal()) {
          manager.items().close(run.id().value());
        }
        assertThat(run.join(Probe.PATIENCE).state().isFinal()).isTrue();
      }
      held.drainPermits();
    }
  }

  private Node.Step command(int which, RunHandle run) {
    String id = run.id().value();
    return switch (which) {
      case 0 -> () -> manager.items().add(id, NewItem.of("ends"));
      case 1 -> () -> manager.items().close(id);
      case 2 -> () -> manager.items().cancel(item(run, ItemState.STARTED), "not wanted");
      case 3 -> () -> manager.items().retryFailed(id, null);
      default -> run::cancel;
    };
  }

  /** Returns a run with one item done, two failed and one under way. */
  private RunHandle mixed() {
    held.drainPermits();
    RunHandle run = manager.runWorkerById("mixed");
    Await.until(
        Probe.PATIENCE,
        () -> run.state() + " " + itemStatistics(run),
        () -> {
          ItemStatistics now = itemStatistics(run);
          return now.completed() == 1 && now.failed() == 2 && now.started() == 1;
        });
    Await.until(
        Probe.PATIENCE,
        () -> manager.items().findRun(run.id().value()).filter(ItemRunView::open).isPresent());
    return run;
  }

  private ItemId item(RunHandle run, ItemState state) {
    return manager.items().list(run.id().value(), ItemQuery.FIRST.in(state)).items().stream()
        .map(ItemView::id)
        .findFirst()
        .orElseThrow();
  }

  private void await(RunHandle run, ItemState state, int count) {
    Await.until(
        Probe.PATIENCE,
        () ->
            manager.items().list(run.id().value(), ItemQuery.FIRST.in(state)).items().size()
                == count);
  }

  private void close(RunHandle run, int total) {
    manager.items().close(run.id().value());
    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(itemStatistics(run).total()).isEqualTo(total);
    assertThat(itemStatistics(run).ended()).isEqualTo(total);
    held.drainPermits();
  }

  /** Others run from the enumeration of their items to their end, again and again. */
  private void othersGoOn() {
    for (int i = 0; i < TIMES; i++) {
      assertThat(manager.runWorkerById("plain").join(Probe.PATIENCE).state())
          .isEqualTo(RunState.COMPLETED);
    }
  }
}
