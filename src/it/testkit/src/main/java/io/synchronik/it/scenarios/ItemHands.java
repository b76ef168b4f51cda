package io.synchronik.it.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.SynchronikManager;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.DuplicateItemException;
import io.synchronik.item.ItemQuery;
import io.synchronik.item.ItemState;
import io.synchronik.item.ItemStatistics;
import io.synchronik.item.ItemSummary;
import io.synchronik.item.NewItem;
import io.synchronik.item.UnknownItemException;
import io.synchronik.run.InvalidPayloadException;
import io.synchronik.run.ItemId;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import io.synchronik.run.UnknownRunException;
import io.synchronik.run.WrongStateException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/** Items that are added, worked on and changed from outside. */
public final class ItemHands extends Scenario {
  /** A payload with a field. */
  public record Letter(int number) {}

  ItemHands(SynchronikManager manager) {
    super(manager);
  }

  private RunHandle manual(String id) {
    define(new ItemsOf<>(id, Letter.class).keptOpen().tolerant());
    RunHandle run = manager.runWorkerById(id);
    Await.until(
        Probe.PATIENCE,
        () -> manager.items().findRun(run.id().value()).filter(v -> v.open()).isPresent());
    return run;
  }

  private ItemState state(ItemId id) {
    return manager.items().find(id).orElseThrow().state();
  }

  /** People start, complete, fail and reset items; the run ends when it is closed. */
  public void peopleWorkOnManualItems() {
    RunHandle run = manual("hands-manual");
    String id = run.id().value();
    List<ItemId> items =
        manager
            .items()
            .add(id, IntStream.range(0, 4).mapToObj(i -> NewItem.of(new Letter(i))).toList());
    assertThat(statistics(run)).isEqualTo(new ItemStatistics(4, 0, 0, 0, 0));

    assertThatThrownBy(() -> manager.items().complete(items.get(0), "early"))
        .isInstanceOf(WrongStateException.class)
        .hasMessageContaining("initialized");
    items.forEach(manager.items()::start);
    assertThatThrownBy(() -> manager.items().start(items.get(0)))
        .isInstanceOf(WrongStateException.class);
    manager.items().complete(items.get(0), "signed");
    manager.items().fail(items.get(1), "refused");
    manager.items().reset(items.get(2));
    assertThat(state(items.get(2))).isEqualTo(ItemState.INITIALIZED);
    manager.items().cancel(items.get(2), "not wanted");
    manager.items().cancel(items.get(3), null);
    assertThatThrownBy(() -> manager.items().cancel(items.get(0), null))
        .isInstanceOf(WrongStateException.class);
    assertThat(statistics(run)).isEqualTo(new ItemStatistics(0, 0, 1, 1, 2));
    assertThat(run.state()).isEqualTo(RunState.RUNNING);

    manager.items().close(id);

    RunOutcome outcome = run.join(Probe.PATIENCE);
    assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
    assertThat(outcome.result().as(ItemSummary.class)).isEqualTo(new ItemSummary(4, 1, 1, 2));
    assertThat(manager.items().find(items.get(0)).orElseThrow().execution().result().json())
        .isEqualTo("\"signed\"");
    assertThatThrownBy(() -> manager.items().add(id, NewItem.of(new Letter(5))))
        .isInstanceOf(WrongStateException.class);
    assertThat(statistics(run).total()).isEqualTo(4);
  }

  /** Each wrong input has its error, and nothing is changed. */
  public void wrongInputIsRefused() {
    RunHandle run = manual("hands-wrong");
    String id = run.id().value();
    ItemId known = manager.items().add(id, NewItem.of(new Letter(1)).withKey("one"));

    assertThatThrownBy(
            () ->
                manager
                    .items()
                    .add(
                        id,
                        List.of(
                            NewItem.of(new Letter(2)), NewItem.of(new Letter(1)).withKey("one"))))
        .isInstanceOf(DuplicateItemException.class)
        .hasMessageContaining("one");
    assertThatThrownBy(() -> manager.items().add(id, NewItem.of(List.of("no", "letter"))))
        .isInstanceOf(InvalidPayloadException.class);
    assertThatThrownBy(() -> manager.items().add(id, NewItem.of("x".repeat(70_000))))
        .isInstanceOf(InvalidPayloadException.class)
        .hasMessageContaining("payload-limit");
    assertThatThrownBy(() -> manager.items().add("nothing", NewItem.of(new Letter(1))))
        .isInstanceOf(UnknownRunException.class);
    ItemId unknown = new ItemId(known.set(), 999_999_999);
    assertThatThrownBy(() -> manager.items().cancel(unknown, null))
        .isInstanceOf(UnknownItemException.class);
    assertThatThrownBy(() -> manager.items().retry(known)).isInstanceOf(WrongStateException.class);
    assertThatThrownBy(() -> NewItem.of(1).withKey(""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ItemId.of("seven")).isInstanceOf(IllegalArgumentException.class);
    register("hands-plain", context -> 0);
    RunHandle plain = manager.runWorkerById("hands-plain");
    assertThatThrownBy(() -> manager.items().add(plain.id().value(), NewItem.of(new Letter(1))))
        .isInstanceOf(WrongStateException.class);

    assertThat(statistics(run)).isEqualTo(new ItemStatistics(1, 0, 0, 0, 0));
    manager.items().cancel(known, "over");
    manager.items().close(id);
    run.join(Probe.PATIENCE);
  }

  /** Failed items are tried again, one or by their failure, while the run goes on. */
  public void failedItemsAreTriedAgainByHand() {
    AtomicBoolean mended = new AtomicBoolean();
    define(
        new ItemsOf<>("hands-retry", Integer.class)
            .keptOpen()
            .working(
                (number, item) -> {
                  if (!mended.get()) {
                    throw new IllegalStateException(number % 2 == 0 ? "even" : "odd");
                  }
                  return null;
                })
            .tolerant());
    RunHandle run = manager.runWorkerById("hands-retry");
    String id = run.id().value();
    List<ItemId> items =
        manager.items().add(id, IntStream.range(0, 10).mapToObj(NewItem::of).toList());
    awaitStatistics(run, new ItemStatistics(0, 0, 0, 10, 0));
    mended.set(true);

    manager.items().retry(items.get(0));
    awaitStatistics(run, new ItemStatistics(0, 0, 1, 9, 0));
    assertThat(manager.items().retryFailed(id, "odd")).isEqualTo(5);
    awaitStatistics(run, new ItemStatistics(0, 0, 6, 4, 0));
    assertThat(
            manager
                .items()
                .list(id, ItemQuery.FIRST.in(ItemState.FAILED).failedWith("even"))
                .items())
        .hasSize(4);
    assertThat(manager.items().retryFailed(id, null)).isEqualTo(4);
    awaitStatistics(run, new ItemStatistics(0, 0, 10, 0, 0));

    manager.items().close(id);
    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
  }

  /** Cancelling an item interrupts its work; cancelling the run withdraws all that is left. */
  public void cancellingInterrupts() {
    Probe<String> told = new Probe<>();
    define(
        new ItemsOf<>("hands-cancel", Integer.class)
            .adding(items -> IntStream.range(0, 60).forEach(i -> items.add("k" + i, i)))
            .working(
                (number, item) -> {
                  told.accept("begun " + number);
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    told.accept("interrupted " + number);
                    throw e;
                  }
                  return null;
                })
            .tolerant());
    RunHandle run = manager.runWorkerById("hands-cancel");
    told.awaitCount(1, "begun 0"::equals, Probe.PATIENCE);
    ItemId first =
        manager.items().list(run.id().value(), ItemQuery.FIRST.limit(1)).items().get(0).id();

    manager.items().cancel(first, "not this one");

    told.awaitCount(1, "interrupted 0"::equals, Probe.PATIENCE);
    assertThat(state(first)).isEqualTo(ItemState.CANCELED);
    run.cancel();
    RunOutcome outcome = run.join(Probe.PATIENCE);
    assertThat(outcome.state()).isEqualTo(RunState.CANCELED);
    assertThat(outcome.reason()).startsWith("cancelled by");
    awaitStatistics(run, new ItemStatistics(0, 0, 0, 0, 60));
  }

  /** An item that is not final by its deadline fails, waiting or under way. */
  public void itemsHaveDeadlines() {
    define(
        new ItemsOf<>("hands-deadline", Integer.class)
            .keptOpen()
            .working(
                (number, item) -> {
                  new CountDownLatch(1).await();
                  return null;
                })
            .tolerant());
    RunHandle run = manager.runWorkerById("hands-deadline");
    Instant soon = Instant.ofEpochMilli(System.currentTimeMillis() + 500);
    manager
        .items()
        .add(
            run.id().value(),
            List.of(
                NewItem.of(1).withDeadline(soon),
                NewItem.of(2).withDeadline(soon).notBefore(soon.plusSeconds(3600))));
    manager.items().close(run.id().value());

    assertThat(run.join(Probe.PATIENCE).result().as(ItemSummary.class))
        .isEqualTo(new ItemSummary(2, 0, 2, 0));
  }

  /** Hooks hear of each item. */
  public void hooksHearOfItems() {
    Probe<String> told = new Probe<>();
    define(
        new ItemsOf<>("hands-hooks", Integer.class)
            .adding(
                items -> {
                  items.add("good", 1);
                  items.add("bad", 2);
                  items.add(
                      NewItem.of(3)
                          .withKey("late")
                          .notBefore(Instant.ofEpochMilli(System.currentTimeMillis() + 3_600_000)));
                })
            .working(
                (number, item) -> {
                  if (number == 2) {
                    throw new IllegalStateException("bad");
                  }
                  return null;
                })
            .telling(told)
            .tolerant());
    RunHandle run = manager.runWorkerById("hands-hooks");
    Await.until(Probe.PATIENCE, () -> statistics(run).ended() == 2);
    ItemId late =
        manager
            .items()
            .list(run.id().value(), ItemQuery.FIRST.in(ItemState.INITIALIZED))
            .items()
            .get(0)
            .id();
    manager.items().cancel(late, "too late");
    run.join(Probe.PATIENCE);

    told.awaitCount(8, text -> true, Probe.PATIENCE);
    assertThat(told.seen())
        .containsExactlyInAnyOrder(
            "initialized good",
            "initialized bad",
            "initialized late",
            "started good",
            "started bad",
            "completed good",
            "failed bad",
            "canceled late");
  }
}
