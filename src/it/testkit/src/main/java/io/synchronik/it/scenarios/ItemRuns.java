package io.synchronik.it.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.RunRequest;
import io.synchronik.SynchronikManager;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ChunkItem;
import io.synchronik.item.ChunkWork;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemQuery;
import io.synchronik.item.ItemState;
import io.synchronik.item.ItemStatistics;
import io.synchronik.item.ItemSummary;
import io.synchronik.item.ItemView;
import io.synchronik.item.NewItem;
import io.synchronik.process.Process;
import io.synchronik.process.Verdict;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Runs of items: each is worked on once, and the run ends when all are final. */
public final class ItemRuns extends Scenario {
  /** A payload. */
  public record Parcel(int number, String street) {}

  /** A payload of a later version of the application. */
  public record Parcels(int number) {}

  ItemRuns(SynchronikManager manager) {
    super(manager);
  }

  /** The run's result is a summary, and items keep payloads and results. */
  public void eachItemIsWorkedOnOnce() {
    Set<Integer> seen = ConcurrentHashMap.newKeySet();
    ConcurrentLinkedQueue<Integer> calls = new ConcurrentLinkedQueue<>();
    define(
        new ItemsOf<>("items-once", Parcel.class)
            .adding(
                items ->
                    IntStream.rangeClosed(1, 2500)
                        .forEach(i -> items.add(new Parcel(i, "street " + i))))
            .working(
                (parcel, item) -> {
                  assertThat(parcel.street()).isEqualTo("street " + parcel.number());
                  seen.add(parcel.number());
                  calls.add(parcel.number());
                  return "delivered " + parcel.number();
                }));
    RunHandle run = manager.runWorkerById("items-once");

    RunOutcome outcome = run.join(Probe.PATIENCE);

    assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
    assertThat(outcome.result().as(ItemSummary.class)).isEqualTo(new ItemSummary(2500, 2500, 0, 0));
    assertThat(seen).hasSize(2500);
    assertThat(calls).hasSize(2500);
    assertThat(statistics(run)).isEqualTo(new ItemStatistics(0, 0, 2500, 0, 0));
    List<ItemView> first = manager.items().list(run.id().value(), ItemQuery.FIRST).items();
    assertThat(first).hasSize(50).allMatch(item -> item.state() == ItemState.COMPLETED);
    ItemView one = whole(first.get(0));
    assertThat(one.asked().payload().as(Parcel.class)).isEqualTo(new Parcel(1, "street 1"));
    assertThat(one.execution().result().as(String.class)).isEqualTo("delivered 1");
    assertThat(one.execution().attempt()).isEqualTo(1);
  }

  private ItemView whole(ItemView paged) {
    return manager.items().find(paged.id()).orElseThrow();
  }

  /** All items are found by pages, each once and in the order of adding. */
  public void itemsAreListedByPages() {
    define(
        new ItemsOf<>("items-pages", Integer.class)
            .adding(items -> IntStream.range(0, 120).forEach(items::add))
            .working((number, item) -> null));
    RunHandle run = manager.runWorkerById("items-pages");
    run.join(Probe.PATIENCE);
    List<Integer> all = new ArrayList<>();
    String cursor = null;
    do {
      var page = manager.items().list(run.id().value(), ItemQuery.FIRST.limit(50).from(cursor));
      page.items().forEach(item -> all.add(whole(item).asked().payload().as(Integer.class)));
      cursor = page.next();
    } while (cursor != null);
    assertThat(all).isEqualTo(IntStream.range(0, 120).boxed().toList());
  }

  /** A run with nothing to do completes. */
  public void emptySetCompletes() {
    define(new ItemsOf<>("items-none", Integer.class).working((number, item) -> null));

    RunOutcome outcome = manager.runWorkerById("items-none").join(Probe.PATIENCE);

    assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
    assertThat(outcome.result().as(ItemSummary.class)).isEqualTo(new ItemSummary(0, 0, 0, 0));
  }

  /** A failing enumeration fails the run; its items are withdrawn. */
  public void failingEnumerationFailsTheRun() {
    define(
        new ItemsOf<>("items-torn", Integer.class)
            .adding(
                items -> {
                  IntStream.range(0, 1500).forEach(items::add);
                  throw new IllegalStateException("the source is gone");
                })
            .working((number, item) -> null));
    RunHandle run = manager.runWorkerById("items-torn");

    RunOutcome outcome = run.join(Probe.PATIENCE);

    assertThat(outcome.state()).isEqualTo(RunState.FAILED);
    assertThat(message(outcome.failure())).isEqualTo("the source is gone");
    awaitStatistics(run, new ItemStatistics(0, 0, 0, 0, 1000));
  }

  /** What a torn attempt of the enumeration has added is gone before the next one. */
  public void tornEnumerationDoublesNothing() {
    ConcurrentLinkedQueue<Integer> calls = new ConcurrentLinkedQueue<>();
    Set<Integer> attempts = Collections.synchronizedSet(new TreeSet<>());
    define(
        new ItemsOf<>("items-again", Integer.class)
            .addingIn(
                (items, run) -> {
                  attempts.add(run.attempt());
                  IntStream.range(0, 1200).forEach(items::add);
                  if (run.attempt() < 3) {
                    throw new IllegalStateException("not yet");
                  }
                })
            .working(
                (number, item) -> {
                  calls.add(number);
                  return null;
                }),
        config -> config.maxRetries(2));
    RunHandle run = manager.runWorkerById("items-again");

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(attempts).containsExactly(1, 2, 3);
    assertThat(calls).hasSize(1200).doesNotHaveDuplicates();
    assertThat(statistics(run)).isEqualTo(new ItemStatistics(0, 0, 1200, 0, 0));
  }

  /** Items with keys are worked on while the others are still being added, and never twice. */
  public void keyedItemsBeginAtOnce() throws Exception {
    Held held = Held.interruptibly();
    ConcurrentLinkedQueue<Integer> calls = new ConcurrentLinkedQueue<>();
    Probe<Integer> begun = new Probe<>();
    define(
        new ItemsOf<>("items-keyed", Integer.class)
            .addingIn(
                (items, run) -> {
                  IntStream.range(0, 1000).forEach(i -> items.add("key " + i, i));
                  if (run.attempt() == 1) {
                    held.run(run);
                    throw new IllegalStateException("torn");
                  }
                  IntStream.range(1000, 1100).forEach(i -> items.add("key " + i, i));
                })
            .working(
                (number, item) -> {
                  assertThat(item.key()).hasValue("key " + number);
                  calls.add(number);
                  begun.accept(number);
                  return null;
                }),
        config -> config.maxRetries(1));
    RunHandle run = manager.runWorkerById("items-keyed");

    begun.awaitCount(1000, number -> true, Probe.PATIENCE);
    assertThat(run.state()).isEqualTo(RunState.RUNNING);
    held.letGo();

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(calls).hasSize(1100).doesNotHaveDuplicates();
  }

  /** Workers add more while they run; the run ends when these are done too. */
  public void itemsAddMore() {
    ConcurrentLinkedQueue<Integer> calls = new ConcurrentLinkedQueue<>();
    define(
        new ItemsOf<>("items-tree", Integer.class)
            .adding(items -> items.add(1))
            .working(
                (number, item) -> {
                  calls.add(number);
                  if (number < 64) {
                    item.add(NewItem.of(2 * number));
                    item.add(NewItem.of(2 * number + 1));
                  }
                  return null;
                }));

    RunOutcome outcome = manager.runWorkerById("items-tree").join(Probe.PATIENCE);

    assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
    assertThat(new TreeSet<>(calls))
        .isEqualTo(IntStream.range(1, 128).boxed().collect(Collectors.toCollection(TreeSet::new)));
    assertThat(outcome.result().as(ItemSummary.class)).isEqualTo(new ItemSummary(127, 127, 0, 0));
  }

  /** Chunks are lists; one poison item fails alone. */
  public void poisonItemFailsAlone() {
    ConcurrentLinkedQueue<Integer> sizes = new ConcurrentLinkedQueue<>();
    ConcurrentLinkedQueue<Integer> done = new ConcurrentLinkedQueue<>();
    ItemsOf<Integer> shape =
        new ItemsOf<>("items-chunks", Integer.class)
            .adding(items -> IntStream.range(0, 250).forEach(items::add));
    ChunkWork<Integer> work =
        chunk -> {
          sizes.add(chunk.size());
          if (chunk.stream().anyMatch(item -> item.payload() == 77)) {
            throw new IllegalStateException("poison");
          }
          for (ChunkItem<Integer> item : chunk) {
            done.add(item.payload());
            item.result("done " + item.payload());
          }
        };
    define(shape.chunked(work).tolerant());
    RunHandle run = manager.runWorkerById("items-chunks");

    RunOutcome outcome = run.join(Probe.PATIENCE);

    assertThat(outcome.result().as(ItemSummary.class)).isEqualTo(new ItemSummary(250, 249, 1, 0));
    assertThat(done).hasSize(249).doesNotHaveDuplicates();
    assertThat(sizes).allMatch(size -> size <= 100);
    List<ItemView> failed =
        manager.items().list(run.id().value(), ItemQuery.FIRST.in(ItemState.FAILED)).items();
    assertThat(failed).hasSize(1);
    assertThat(whole(failed.get(0)).asked().payload().as(Integer.class)).isEqualTo(77);
    assertThat(failed.get(0).execution().attempt()).isEqualTo(1);
  }

  /** Those with a higher priority are started first, those of the future not before their time. */
  public void priorityAndTimeAreKept() {
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    Instant due = Instant.ofEpochMilli(System.currentTimeMillis() + 700);
    define(
        new ItemsOf<>("items-order", Integer.class)
            .adding(
                items -> {
                  items.add(NewItem.of(-1).withPriority(100).notBefore(due));
                  for (int i = 0; i < 20; i++) {
                    items.add(NewItem.of(i).withPriority(i));
                  }
                })
            .working(
                (number, item) -> {
                  order.add(number);
                  return null;
                }));

    RunHandle run = manager.runWorkerById("items-order");
    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);

    assertThat(order).hasSize(21);
    assertThat(order.get(20)).isEqualTo(-1);
    ItemView late = manager.items().list(run.id().value(), ItemQuery.FIRST).items().get(0);
    assertThat(late.times().startedAt()).isAfterOrEqualTo(due);
  }

  /** A successor in a process is given the summary, and a condition on it is asked. */
  public void summaryGoesToTheSuccessor() {
    define(
        new ItemsOf<>("items-bill", Integer.class)
            .adding(items -> IntStream.range(0, 30).forEach(items::add))
            .working(
                (number, item) -> {
                  if (number % 10 == 0) {
                    item.fail("not billable");
                  }
                  return number;
                })
            .tolerant());
    Probe<ItemSummary> told = new Probe<>();
    register(
        "items-bill-summary",
        run -> {
          ItemSummary summary =
              Optional.ofNullable(run.result("items-bill", ItemSummary.class)).orElseThrow();
          told.accept(summary);
          return summary.completed();
        });
    register("items-bill-alarm", run -> 0);

    RunOutcome outcome =
        run(
            Process.named("items-billing")
                .worker("items-bill")
                .worker("items-bill-summary")
                .after("items-bill")
                .worker("items-bill-alarm")
                .after("items-bill", (ItemSummary summary) -> summary.failed() > 3));

    assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
    assertThat(told.seen()).containsExactly(new ItemSummary(30, 27, 3, 0));
    assertThat(verdicts(outcome.run()))
        .containsExactly(Verdict.COMPLETED, Verdict.COMPLETED, Verdict.SKIPPED);
  }

  /** Reading a payload passes over what is new and lacks what is gone. */
  public void payloadsAreReadTolerantly() {
    Probe<Integer> seen = new Probe<>();
    define(
        new ItemsOf<>("items-evolved", Parcels.class)
            .keptOpen()
            .working(
                (parcel, item) -> {
                  seen.accept(parcel.number());
                  return null;
                }));
    RunHandle run = manager.runUnitById("items-evolved", RunRequest.PLAIN);
    manager.items().add(run.id().value(), NewItem.of(new Parcel(9, "a street")));
    manager.items().close(run.id().value());

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(seen.seen()).containsExactly(9);
  }

  /** The context knows its item, and its statistics add up at any moment. */
  public void contextTellsTheStatistics() {
    ConcurrentLinkedQueue<ItemStatistics> seen = new ConcurrentLinkedQueue<>();
    ConcurrentLinkedQueue<ItemContext> contexts = new ConcurrentLinkedQueue<>();
    define(
        new ItemsOf<>("items-stats", Integer.class)
            .adding(items -> IntStream.range(0, 40).forEach(items::add))
            .working(
                (number, item) -> {
                  seen.add(item.statistics());
                  contexts.add(item);
                  return null;
                }));
    RunHandle run = manager.runWorkerById("items-stats");
    run.join(Probe.PATIENCE);

    assertThat(seen).hasSize(40).allMatch(statistics -> statistics.total() == 40);
    assertThat(seen).allMatch(statistics -> statistics.started() > 0);
    assertThat(contexts).allMatch(item -> item.run().equals(run.id()) && item.attempt() == 1);
    assertThat(contexts.stream().map(ItemContext::id)).doesNotHaveDuplicates();
  }
}
