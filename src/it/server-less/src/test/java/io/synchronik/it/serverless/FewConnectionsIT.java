package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.RunRequest;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemPolicy;
import io.synchronik.item.ItemQuery;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.item.NewItem;
import io.synchronik.process.Process;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.unit.UnitStatus;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** No thread takes a second connection while it uses one: pools may be small. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class FewConnectionsIT extends SharedNode {
  @Worker(id = "inside", maxRetries = 1)
  @Transactional
  static class Inside implements Work<String> {
    @Override
    public String run(RunContext run) {
      run.milestone("inside", run.attempt());
      if (run.attempt() == 1 && "fails".equals(run.payload(String.class))) {
        throw new IllegalStateException("once");
      }
      return "inside";
    }
  }

  @Worker(id = "items")
  static class ItemsInside implements ItemWork<String, String> {
    @Override
    public void enumerate(Items<String> items, RunContext run) {
      items.add("one", "one");
      items.add("fails", "fails");
      items.keepOpen();
    }

    @Override
    @Transactional
    public String process(String payload, ItemContext item) {
      assertThat(item.statistics().total()).isPositive();
      if (payload.equals("one")) {
        item.add(NewItem.of("more").withKey("more"));
      }
      if (payload.equals("fails") && item.attempt() == 1) {
        throw new IllegalStateException(payload);
      }
      return payload;
    }

    @Override
    public ItemPolicy policy() {
      return ItemPolicy.continueOnFailure();
    }
  }

  /** Its items fail as long as they are to. */
  @Worker(id = "enumerated-inside")
  static class EnumeratedInside implements ItemWork<String, String> {
    private static volatile boolean fails = true;

    @Override
    @Transactional
    public void enumerate(Items<String> items, RunContext run) {
      items.add("one", "one");
      items.add("two", "two");
    }

    @Override
    public String process(String payload, ItemContext item) {
      if (fails) {
        throw new IllegalStateException(payload);
      }
      return payload;
    }
  }

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder.beans(Inside.class, ItemsInside.class, EnumeratedInside.class);
  }

  @Override
  void prepare() {
    register("plain", run -> Objects.requireNonNull(run.payload(String.class)));
    manager.registerUnit(
        Process.named("process")
            .worker("inside")
            .worker("plain")
            .after("inside", result -> true)
            .build());
  }

  /** A start holds the lock of the schema by one connection and migrates by another. */
  @AfterEach
  void oneIsEnough() {
    assertThat(node.secondConnections()).filteredOn(where -> !where.contains("Schema")).isEmpty();
  }

  private void inside(Node.Step step) throws Exception {
    node.inTransaction(step);
    oneIsEnough();
  }

  @Test
  void runs() throws Exception {
    for (String unit : List.of("plain", "inside", "process")) {
      RunHandle[] run = new RunHandle[1];
      inside(() -> run[0] = manager.runUnitById(unit, RunRequest.PLAIN.withPayload("fails")));
      assertThat(run[0].join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
      inside(
          () -> {
            manager.getRunById(run[0].id().value());
            manager.getProcessRun(run[0].id().value());
            assertThat(run[0].state()).isEqualTo(RunState.COMPLETED);
            assertThat(run[0].join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
          });
    }
  }

  @Test
  void items() throws Exception {
    RunHandle run = manager.runUnitById("items");
    Await.until(
        Probe.PATIENCE,
        () -> itemStatistics(run).failed() == 1 && itemStatistics(run).total() == 3);
    String id = run.id().value();
    inside(
        () -> {
          manager.items().list(id, ItemQuery.FIRST);
          manager.items().findRun(id);
          manager.items().add(id, NewItem.of("added").withKey("added"));
          manager.items().retryFailed(id, null);
          manager.items().close(id);
        });
    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
  }

  @Test
  void runOfItemsIsRunAgain() throws Exception {
    EnumeratedInside.fails = true;
    RunHandle failed = manager.runUnitById("enumerated-inside");
    assertThat(failed.join(Probe.PATIENCE).state()).isEqualTo(RunState.FAILED);
    EnumeratedInside.fails = false;
    RunHandle[] again = new RunHandle[1];
    inside(() -> again[0] = manager.retryRun(failed.id().value(), RunRequest.PLAIN));
    assertThat(again[0].join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
  }

  @Test
  void units() throws Exception {
    register("changed", run -> "changed");
    inside(
        () -> {
          manager.pause("changed");
          manager.resume("changed");
          manager.disable("changed");
          manager.enable("changed");
          manager.updateStatus("changed", UnitStatus.IDLE);
          manager.updateUnitConfig("changed", config -> config.maxRetries(1));
          manager.getRegistrySnapshot();
          manager.emitMilestone("inside a transaction", null);
        });
    inside(() -> register("registered-inside", run -> "registered"));
    inside(() -> manager.releaseUnit("changed", true));
  }

  @Test
  void pools() throws Exception {
    inside(() -> manager.useWorkerPool("small", 1));
    inside(() -> manager.useWorkerPool("small", 1).addTask("durable", "plain", "payload"));
  }
}
