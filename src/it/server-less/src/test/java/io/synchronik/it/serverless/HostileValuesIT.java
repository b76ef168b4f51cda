package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.RunRequest;
import io.synchronik.event.Milestone;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemQuery;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.item.ManualItems;
import io.synchronik.item.NewItem;
import io.synchronik.pool.PoolTaskChange;
import io.synchronik.pool.WorkerPool;
import io.synchronik.run.InvalidPayloadException;
import io.synchronik.run.ItemId;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.run.WrongStateException;
import io.synchronik.worker.RunContext;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import java.util.AbstractCollection;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is handed over is code too: its getters and constructors are as hostile as any other. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class HostileValuesIT extends SharedNode {
  private static final List<Hostile> FAILING =
      Arrays.stream(Hostile.values()).filter(Hostile::fails).toList();

  private static volatile TransactionManager transactions;

  /** Writing it is hostile. */
  public static final class Evil {
    private final Hostile how;

    Evil(Hostile how) {
      this.how = how;
    }

    public String getValue() {
      act(how);
      return "value";
    }

    @Override
    public String toString() {
      throw new AssertionError("nobody may ask");
    }
  }

  /** Making it of JSON is hostile. */
  public static final class Opens {
    public Opens() {
      act(Hostile.OPEN_TRANSACTION);
    }
  }

  /** Making it of JSON takes as long as it is told to. */
  public static final class Slow {
    static volatile CountDownLatch made = new CountDownLatch(1);
    static volatile CountDownLatch goOn = new CountDownLatch(1);

    public Slow() {
      made.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static void act(Hostile how) {
    try {
      how.act(transactions);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Its items come from outside. */
  private static final class ByHand implements ManualItems<Object> {
    @Override
    public void enumerate(Items<Object> items, RunContext run) {
      items.keepOpen();
    }
  }

  private static final class OfSlow implements ItemWork<Slow, String> {
    @Override
    public void enumerate(Items<Slow> items, RunContext run) {
      items.keepOpen();
    }

    @Override
    public String process(Slow payload, ItemContext item) {
      return "done";
    }
  }

  private final Held held = Held.interruptibly();

  @Override
  void prepare() {
    transactions = node.select(TransactionManager.class);
    register("plain", run -> "done");
    register("held", held);
    manager.registerUnit(ItemSource.worker("manual", Object.class, new ByHand()));
  }

  private static int status() {
    try {
      return transactions.getStatus();
    } catch (SystemException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, Consumer<Evil>> ways(ItemId item, WorkerPool pool, long task) {
    Map<String, Consumer<Evil>> ways = new LinkedHashMap<>();
    ways.put("run", evil -> manager.runUnitById("plain", RunRequest.PLAIN.withPayload(evil)));
    ways.put("milestone", evil -> manager.emitMilestone("evil", evil));
    ways.put("milestone now", evil -> manager.emitMilestoneNow("evil", evil));
    ways.put("result of an item", evil -> manager.items().complete(item, evil));
    ways.put("task", evil -> pool.addTask("evil", "plain", evil));
    ways.put("change", evil -> pool.updateTask(task, PoolTaskChange.NONE.withPayload(evil)));
    return ways;
  }

  @Test
  void whatCannotBeWrittenIsRefusedAndHoldsNothing() throws Exception {
    Probe<Milestone> told = new Probe<>();
    manager.onMilestone("evil", told);
    String run = manager.runWorkerById("manual").id().value();
    ItemId item = manager.items().add(run, List.of(NewItem.of(1))).get(0);
    manager.items().start(item);
    WorkerPool pool = manager.useWorkerPool("hostile", 1);
    pool.addTask("first", "held", null);
    held.awaitBegun();
    long task = pool.addTask("waiting", "plain", null);
    long runs = database.number("select count(*) from sk_run");
    Map<String, Consumer<Evil>> ways = ways(item, pool, task);
    ways.put("item", evil -> manager.items().add(run, List.of(NewItem.of(evil))));

    ways.forEach(
        (way, call) -> {
          for (Hostile how : FAILING) {
            assertThatThrownBy(() -> call.accept(new Evil(how)))
                .as("%s of %s", how, way)
                .isInstanceOf(InvalidPayloadException.class)
                .hasMessageContaining("SYNC-0068");
            assertThat(status()).as("%s of %s", how, way).isEqualTo(Status.STATUS_NO_TRANSACTION);
          }
          assertThatThrownBy(() -> call.accept(new Evil(Hostile.OPEN_TRANSACTION)))
              .hasMessageContaining("SYNC-0130");
        });

    assertThat(database.number("select count(*) from sk_run")).isEqualTo(runs);
    assertThat(manager.items().list(run, ItemQuery.FIRST).items()).hasSize(1);
    assertThat(pool.view().tasks().pending()).isOne();
    manager.items().complete(item, "right");
    manager.items().close(run);
    held.letGo();
    manager.emitMilestone("evil", "right");
    told.awaitNext(milestone -> true);
    assertThat(told.seen()).hasSize(1);
  }

  @Test
  void transactionOfTheCallerGoesOn() throws Exception {
    Probe<Milestone> told = new Probe<>();
    manager.onMilestone("inside", told);

    RunHandle run =
        node.inTransaction(
            () -> {
              assertThatThrownBy(
                      () -> manager.emitMilestone("inside", new Evil(Hostile.OPEN_TRANSACTION)))
                  .isInstanceOf(InvalidPayloadException.class)
                  .hasMessageContaining("SYNC-0131");
              assertThat(status()).isEqualTo(Status.STATUS_ACTIVE);
              manager.emitMilestone("inside", "right");
              return manager.runWorkerById("plain");
            });

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    told.awaitNext(milestone -> true);
    assertThat(told.seen()).hasSize(1);
  }

  @Test
  void collectionThatLeavesATransactionOpenHoldsNothing() {
    String run = manager.runWorkerById("manual").id().value();
    List<NewItem<?>> items = List.of(NewItem.of(1));
    Collection<NewItem<?>> evil =
        new AbstractCollection<>() {
          @Override
          public Iterator<NewItem<?>> iterator() {
            act(Hostile.OPEN_TRANSACTION);
            return items.iterator();
          }

          @Override
          public int size() {
            return items.size();
          }
        };

    assertThatThrownBy(() -> manager.items().add(run, evil))
        .isInstanceOf(WrongStateException.class)
        .hasMessageContaining("SYNC-0130");
    assertThat(status()).isEqualTo(Status.STATUS_NO_TRANSACTION);

    manager.items().close(run);
  }

  @Test
  void workGoesOnWhenWhatItHandsOverIsRefused() {
    for (Hostile how : FAILING) {
      register(
          "offers",
          run -> {
            assertThatThrownBy(() -> run.milestone("offered", new Evil(how)))
                .isInstanceOf(InvalidPayloadException.class);
            assertThatThrownBy(() -> run.payload(Opens.class))
                .isInstanceOf(InvalidPayloadException.class)
                .hasMessageContaining("SYNC-0130");
            return status();
          });
      RunHandle run = manager.runUnitById("offers", RunRequest.PLAIN.withPayload(Map.of()));
      assertThat(run.join(Probe.PATIENCE).result().as(Integer.class))
          .as("%s", how)
          .isEqualTo(Status.STATUS_NO_TRANSACTION);
      manager.releaseUnit("offers", false);
    }
  }

  @Test
  void resultThatCannotBeWrittenFailsTheRun() {
    for (Hostile how : FAILING) {
      register("evil-result", run -> new Evil(how));
      RunHandle run = manager.runWorkerById("evil-result");
      assertThat(run.join(Probe.PATIENCE).state()).as("%s", how).isEqualTo(RunState.FAILED);
      manager.releaseUnit("evil-result", false);
    }
  }

  @Test
  void nothingIsHeldWhileAPayloadIsMade() throws Exception {
    Slow.made = new CountDownLatch(1);
    Slow.goOn = new CountDownLatch(1);
    manager.registerUnit(ItemSource.worker("slow", Slow.class, new OfSlow()));
    RunHandle run = manager.runWorkerById("slow");
    awaitState(run, RunState.RUNNING);
    String id = run.id().value();
    CompletableFuture<List<ItemId>> adding =
        CompletableFuture.supplyAsync(() -> manager.items().add(id, List.of(NewItem.of(Map.of()))));
    Slow.made.await();

    manager.items().close(id);

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    Slow.goOn.countDown();
    assertThat(adding)
        .failsWithin(Probe.PATIENCE)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(WrongStateException.class);
  }
}
