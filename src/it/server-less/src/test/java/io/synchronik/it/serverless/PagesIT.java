package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.RunQuery;
import io.synchronik.RunRequest;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemPolicy;
import io.synchronik.item.ItemQuery;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemState;
import io.synchronik.item.ItemView;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.pool.PoolTask;
import io.synchronik.pool.PoolTaskQuery;
import io.synchronik.pool.PoolTaskView;
import io.synchronik.pool.WorkerPool;
import io.synchronik.run.Failure;
import io.synchronik.run.Page;
import io.synchronik.run.Payload;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.run.RunView;
import io.synchronik.schedule.Overlap;
import io.synchronik.worker.RunContext;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A page is small however long that is what its runs and items have been given and return. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class PagesIT extends SharedNode {
  private static final int COPIES = 99;
  private static final int ITEMS = 20;
  private static final int SMALL = 100_000;
  private static final String LONG = "x".repeat(60_000);
  private static final String MESSAGE = "\uD83D\uDE00".repeat(900);

  /** Half of them fail. */
  private static final class LongItems implements ItemWork<String, String> {
    @Override
    public void enumerate(Items<String> items, RunContext run) {
      IntStream.range(0, ITEMS).forEach(n -> items.add(n % 2 + LONG));
    }

    @Override
    public String process(String payload, ItemContext item) {
      if (payload.startsWith("1")) {
        throw deep(100);
      }
      return payload;
    }

    @Override
    public ItemPolicy policy() {
      return ItemPolicy.continueOnFailure();
    }
  }

  private static IllegalStateException deep(int calls) {
    return calls == 0 ? new IllegalStateException("a" + MESSAGE) : deep(calls - 1);
  }

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder.setting("synchronik.workers", "8");
  }

  @Test
  void pageOfRunsIsSmall() throws Exception {
    register("long", run -> run.payload(String.class));
    register(
        "broken",
        run -> {
          throw deep(100);
        });
    RunHandle returned = manager.runWorkerById("long", LONG);
    RunHandle broken = manager.runWorkerById("broken", LONG);
    assertThat(returned.join(Probe.PATIENCE).result().json()).hasSize(60_002);
    assertThat(broken.join(Probe.PATIENCE).state()).isEqualTo(RunState.FAILED);
    copy();

    Page<RunView> completed = manager.findRuns(RunQuery.LATEST.ofUnit("long").limit(100));
    Page<RunView> failed =
        manager.findRuns(RunQuery.LATEST.ofUnit("broken").in(RunState.FAILED).limit(100));

    assertThat(completed.items()).hasSize(100);
    assertThat(failed.items()).hasSize(100);
    assertThat(textOf(completed.items())).isLessThan(SMALL);
    assertThat(textOf(failed.items())).isLessThan(SMALL);
    RunView one =
        failed.items().stream()
            .filter(run -> run.id().equals(broken.id()))
            .findFirst()
            .orElseThrow();
    assertShort(one.execution().failure());
    assertWhole(view(broken).execution().failure());
    assertThat(view(broken).origin().payload().json()).hasSize(60_002);
    assertThat(view(returned).execution().result().json()).hasSize(60_002);
  }

  @Test
  void pageOfTasksIsSmall() {
    register("long-task", run -> run.payload(String.class));
    register(
        "broken-task",
        run -> {
          throw deep(100);
        });
    WorkerPool pool = manager.useWorkerPool("long", 4);
    List<Long> tasks = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      String worker = i % 2 == 0 ? "long-task" : "broken-task";
      tasks.add(pool.addTask(PoolTask.of("task " + i, worker).withPayload(LONG)));
    }
    tasks.forEach(
        id -> Await.until(Probe.PATIENCE, () -> pool.findTask(id).orElseThrow().state().isFinal()));

    Page<PoolTaskView> page = pool.findTasks(PoolTaskQuery.LATEST.limitedTo(100));

    assertThat(page.items()).hasSize(ITEMS);
    assertThat(textOfTasks(page.items())).isLessThan(SMALL);
    assertShort(page.items().get(0).outcome().failure());
    PoolTaskView broken = pool.findTask(tasks.get(ITEMS - 1)).orElseThrow();
    assertWhole(broken.outcome().failure());
    assertThat(broken.given().payload().json()).hasSize(60_002);
    PoolTaskView returned = pool.findTask(tasks.get(0)).orElseThrow();
    assertThat(returned.outcome().result().json()).hasSize(60_002);
  }

  private void copy() throws SQLException {
    String numbers =
        IntStream.rangeClosed(1, COPIES)
            .mapToObj(n -> "(" + n + ")")
            .collect(Collectors.joining(","));
    int copied =
        database.execute(
            """
            insert into sk_run (app, id, unit, state, cause, submitted_at, started_at, ended_at,
              attempt, losses, fence, forced, items, payload, result, failure_type, failure_message,
              failure_trace)
            select app, substring(id, 1, 10) || case unit when 'long' then 'A' else 'B' end
                || lpad(cast(n as varchar), 15, '0'), unit, state, cause,
              submitted_at, started_at, ended_at, attempt, losses, fence, forced, items, payload,
              result, failure_type, failure_message, failure_trace
            from sk_run cross join (values %s) as copies(n) where unit in ('long', 'broken')
            """
                .formatted(numbers));
    assertThat(copied).isEqualTo(2 * COPIES);
  }

  @Test
  void pageOfItemsIsSmall() {
    manager.registerUnit(ItemSource.worker("long-items", String.class, new LongItems()));
    RunHandle run = manager.runWorkerById("long-items");
    run.join(Probe.PATIENCE);

    List<ItemView> page = manager.items().list(run.id().value(), ItemQuery.FIRST).items();

    assertThat(page).hasSize(ITEMS);
    List<@Nullable String> texts = new ArrayList<>();
    for (ItemView item : page) {
      add(texts, item.asked().payload(), item.execution().result(), item.execution().failure());
    }
    assertThat(length(texts)).isLessThan(SMALL);
    ItemView good = item(page.get(0));
    ItemView bad = item(page.get(1));
    assertThat(good.asked().payload().json()).hasSize(60_003);
    assertThat(good.execution().result().json()).hasSize(60_003);
    assertThat(bad.state()).isEqualTo(ItemState.FAILED);
    assertShort(page.get(1).execution().failure());
    assertWhole(bad.execution().failure());
    RunHandle again = manager.retryRun(run.id().value(), RunRequest.PLAIN);
    again.join(Probe.PATIENCE);
    List<ItemView> taken = manager.items().list(again.id().value(), ItemQuery.FIRST).items();
    assertThat(taken).hasSize(ITEMS / 2);
    assertThat(item(taken.get(0)).asked().payload().json()).hasSize(60_003);
  }

  /** What ended unseen by this node is found by looking, a hundred runs at a time. */
  @Test
  void allWhoWaitAreTold() throws Exception {
    Held held = Held.interruptibly();
    register("many", held, config -> config.overlap(Overlap.ALLOW));
    RunHandle first = manager.runWorkerById("many");
    held.awaitBegun();
    List<RunHandle> runs =
        IntStream.range(0, 220).mapToObj(n -> manager.runWorkerById("many", n)).toList();

    int ended =
        database.execute(
            """
            update sk_run set state = 'completed', result = payload, ended_at = submitted_at
            where unit = 'many' and state in ('submitted', 'ready', 'waiting')
            """);

    assertThat(ended).isGreaterThan(150);
    int told = 0;
    for (int n = 0; n < runs.size(); n++) {
      if (runs.get(n).state() == RunState.COMPLETED) {
        assertThat(runs.get(n).join(Probe.PATIENCE).result().as(Integer.class)).isEqualTo(n);
        told++;
      }
    }
    assertThat(told).isEqualTo(ended);
    held.letAllGo();
    assertThat(first.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
  }

  private ItemView item(ItemView paged) {
    return manager.items().find(paged.id()).orElseThrow();
  }

  private static int textOf(List<RunView> runs) {
    List<@Nullable String> texts = new ArrayList<>();
    for (RunView run : runs) {
      add(texts, run.origin().payload(), run.execution().result(), run.execution().failure());
    }
    return length(texts);
  }

  private static int textOfTasks(List<PoolTaskView> tasks) {
    List<@Nullable String> texts = new ArrayList<>();
    for (PoolTaskView task : tasks) {
      add(texts, task.given().payload(), task.outcome().result(), task.outcome().failure());
    }
    return length(texts);
  }

  private static void add(
      List<@Nullable String> texts, Payload payload, Payload result, @Nullable Failure failure) {
    texts.add(payload.json());
    texts.add(result.json());
    if (failure != null) {
      texts.add(failure.message());
      texts.add(failure.stackTrace());
    }
  }

  private static int length(List<@Nullable String> texts) {
    return texts.stream().mapToInt(text -> text == null ? 0 : text.length()).sum();
  }

  /** The message begins with one character, then has such of two halves. */
  private static void assertShort(@Nullable Failure failure) {
    assertThat(failure).isNotNull();
    assertThat(failure.message()).startsWith("a\uD83D\uDE00").endsWith("\uD83D\uDE00");
    assertThat(failure.message().length()).isBetween(499, 1000);
    assertThat(failure.stackTrace()).isEmpty();
  }

  private static void assertWhole(@Nullable Failure failure) {
    assertThat(failure).isNotNull();
    assertThat(failure.message()).isEqualTo("a" + MESSAGE);
    assertThat(failure.stackTrace().length()).isBetween(5000, 16_000);
  }
}
