package io.synchronik.it.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.SynchronikManager;
import io.synchronik.event.ItemChanged;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemDecision;
import io.synchronik.item.ItemPolicy;
import io.synchronik.item.ItemStatistics;
import io.synchronik.item.ItemSummary;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** What the ends of items mean for their run. */
public final class ItemPolicies extends Scenario {
  ItemPolicies(SynchronikManager manager) {
    super(manager);
  }

  private ItemsOf<Integer> numbers(String id, int count, int failing) {
    return new ItemsOf<>(id, Integer.class)
        .adding(items -> IntStream.range(0, count).forEach(items::add))
        .working(
            (number, item) -> {
              if (number < failing) {
                throw new IllegalStateException("number " + number);
              }
              return null;
            });
  }

  private RunOutcome outcome(ItemsOf<?> items, String id) {
    define(items);
    return manager.runWorkerById(id).join(Probe.PATIENCE);
  }

  /** By default the first failure fails the run, and what is left is withdrawn. */
  public void firstFailureFailsTheRun() {
    define(numbers("policy-fast", 3000, 1));
    RunHandle run = manager.runWorkerById("policy-fast");

    RunOutcome outcome = run.join(Probe.PATIENCE);

    assertThat(outcome.state()).isEqualTo(RunState.FAILED);
    assertThat(message(outcome.failure())).contains("of 3000 items failed");
    Await.until(Probe.PATIENCE, () -> statistics(run).allFinal());
    ItemStatistics left = statistics(run);
    assertThat(left.failed()).isEqualTo(1);
    assertThat(left.total()).isEqualTo(3000);
  }

  /** The last item's failure is decided like any other. */
  public void lastFailureFailsTheRun() {
    RunOutcome outcome = outcome(numbers("policy-last", 1, 1), "policy-last");
    assertThat(outcome.state()).isEqualTo(RunState.FAILED);
  }

  /** All items are worked on, however many fail. */
  public void continueOnFailureCompletes() {
    RunOutcome outcome = outcome(numbers("policy-on", 200, 200).tolerant(), "policy-on");
    assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
    assertThat(outcome.result().as(ItemSummary.class)).isEqualTo(new ItemSummary(200, 0, 200, 0));
  }

  /** At the threshold the run completes, above it fails. */
  public void failureRateIsAThreshold() {
    assertThat(
            outcome(
                    numbers("policy-rate", 200, 20).deciding(ItemPolicy.failAbove(10)),
                    "policy-rate")
                .state())
        .isEqualTo(RunState.COMPLETED);
    assertThat(
            outcome(
                    numbers("policy-rate2", 200, 21).deciding(ItemPolicy.failAbove(10)),
                    "policy-rate2")
                .state())
        .isEqualTo(RunState.FAILED);
  }

  /** The same for a number of failures. */
  public void failureCountIsAThreshold() {
    assertThat(
            outcome(
                    numbers("policy-count", 100, 5).deciding(ItemPolicy.failAboveCount(5)),
                    "policy-count")
                .state())
        .isEqualTo(RunState.COMPLETED);
    assertThat(
            outcome(
                    numbers("policy-count2", 100, 6).deciding(ItemPolicy.failAboveCount(5)),
                    "policy-count2")
                .state())
        .isEqualTo(RunState.FAILED);
  }

  /** Enough successes complete the run; the rest is withdrawn, also what is under way. */
  public void enoughSuccessesComplete() {
    define(
        new ItemsOf<>("policy-enough", Integer.class)
            .adding(items -> IntStream.range(0, 500).forEach(items::add))
            .working(
                (number, item) -> {
                  if (number >= 3) {
                    new CountDownLatch(1).await();
                  }
                  return null;
                })
            .deciding(ItemPolicy.completeAt(3)));
    RunHandle run = manager.runWorkerById("policy-enough");

    RunOutcome outcome = run.join(Probe.PATIENCE);

    assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
    assertThat(outcome.result().as(ItemSummary.class)).isEqualTo(new ItemSummary(500, 3, 0, 497));
    awaitStatistics(run, new ItemStatistics(0, 0, 3, 0, 497));
  }

  /** The rest may be worked off, and too few successes fail the run. */
  public void tooFewSuccessesFail() {
    assertThat(
            outcome(numbers("policy-few", 10, 8).deciding(ItemPolicy.completeAt(3)), "policy-few")
                .state())
        .isEqualTo(RunState.FAILED);
    RunOutcome all =
        outcome(
            numbers("policy-finish", 50, 10)
                .deciding(ItemPolicy.completeAt(3, ItemPolicy.Rest.FINISH)),
            "policy-finish");
    assertThat(all.state()).isEqualTo(RunState.COMPLETED);
    assertThat(all.result().as(ItemSummary.class)).isEqualTo(new ItemSummary(50, 40, 10, 0));
  }

  /** Code decides by the statistics; one that throws fails the run. */
  public void codeDecides() {
    RunOutcome cancelled =
        outcome(
            numbers("policy-code", 20, 20)
                .deciding(
                    standing ->
                        standing.statistics().failed() >= 2
                            ? ItemDecision.CANCEL
                            : ItemDecision.CONTINUE),
            "policy-code");
    assertThat(cancelled.state()).isEqualTo(RunState.CANCELED);
    RunOutcome failed =
        outcome(
            numbers("policy-throws", 2, 0)
                .deciding(
                    standing -> {
                      throw new IllegalStateException("undecided");
                    }),
            "policy-throws");
    assertThat(failed.state()).isEqualTo(RunState.FAILED);
    assertThat(message(failed.failure())).contains("undecided");
  }

  /** Items are tried again as configured, each by itself; what gives up is not. */
  public void failedItemsAreTriedAgain() {
    ConcurrentHashMap<Integer, AtomicInteger> tries = new ConcurrentHashMap<>();
    define(
        new ItemsOf<>("policy-retry", Integer.class)
            .adding(items -> IntStream.range(0, 100).forEach(items::add))
            .working(
                (number, item) -> {
                  int tried =
                      tries.computeIfAbsent(number, key -> new AtomicInteger()).incrementAndGet();
                  assertThat(item.attempt()).isEqualTo(tried);
                  if ((number < 5 && tried == 1) || number == 50) {
                    throw new IllegalStateException("once");
                  }
                  if (number == 60) {
                    item.fail("never");
                  }
                  return null;
                })
            .tolerant(),
        config -> config.maxRetries(2).retryDelay(Duration.ofMillis(50)));
    RunHandle run = manager.runWorkerById("policy-retry");

    RunOutcome outcome = run.join(Probe.PATIENCE);

    assertThat(outcome.result().as(ItemSummary.class)).isEqualTo(new ItemSummary(100, 98, 2, 0));
    assertThat(tries.get(50)).hasValue(3);
    assertThat(tries.get(60)).hasValue(1);
    assertThat(tries.get(1)).hasValue(2);
    allEventsOf(run);
    events.awaitCount(
        7 + 2,
        event -> event instanceof ItemChanged && event.run().equals(Optional.of(run.id())),
        Probe.PATIENCE);
  }

  /** A reason that the database could not store as it is ends the item all the same. */
  public void longAndOddReasonsAreKept() {
    define(
        new ItemsOf<>("policy-reasons", Integer.class)
            .adding(items -> IntStream.range(0, 3).forEach(items::add))
            .working(
                (number, item) -> {
                  item.fail(number == 0 ? "x".repeat(5000) : "odd \0 reason");
                  return null;
                })
            .tolerant());
    RunOutcome outcome = manager.runWorkerById("policy-reasons").join(Probe.PATIENCE);
    assertThat(outcome.result().as(ItemSummary.class)).isEqualTo(new ItemSummary(3, 0, 3, 0));
  }

  /** An item that hangs is interrupted after its timeout, and the others do not wait for it. */
  public void hangingItemsTimeOut() {
    define(
        new ItemsOf<>("policy-hangs", Integer.class)
            .adding(items -> IntStream.range(0, 40).forEach(items::add))
            .working(
                (number, item) -> {
                  if (number % 20 == 0) {
                    new CountDownLatch(1).await();
                  }
                  return null;
                })
            .tolerant(),
        config -> config.timeout(Duration.ofMillis(300)));
    RunOutcome outcome = manager.runWorkerById("policy-hangs").join(Probe.PATIENCE);
    assertThat(outcome.result().as(ItemSummary.class)).isEqualTo(new ItemSummary(40, 38, 2, 0));
  }

  /** A run that is not over by its deadline fails. */
  public void deadlineFailsTheRun() {
    define(
        new ItemsOf<>("policy-deadline", Integer.class)
            .keptOpen()
            .working((number, item) -> null)
            .within(Duration.ofMillis(400)));
    RunOutcome outcome = manager.runWorkerById("policy-deadline").join(Probe.PATIENCE);
    assertThat(outcome.state()).isEqualTo(RunState.FAILED);
    assertThat(message(outcome.failure())).contains("deadline");
  }

  /** Also while its items are still being added; it is not tried again. */
  public void deadlineFailsTheRunThatStillAddsItems() {
    define(
        new ItemsOf<>("policy-deadline-adding", Integer.class)
            .addingIn(
                (items, run) -> {
                  items.add("first", 1);
                  new CountDownLatch(1).await();
                })
            .working((number, item) -> null)
            .within(Duration.ofMillis(400)),
        config -> config.maxRetries(3));

    RunOutcome outcome = manager.runWorkerById("policy-deadline-adding").join(Probe.PATIENCE);

    assertThat(outcome.state()).isEqualTo(RunState.FAILED);
    assertThat(message(outcome.failure())).contains("deadline");
  }
}
