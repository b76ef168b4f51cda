package io.synchronik.it.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.RunRequest;
import io.synchronik.SynchronikManager;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemDecision;
import io.synchronik.item.ItemPolicy;
import io.synchronik.item.ItemSummary;
import io.synchronik.process.Process;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Runs of items that are run again: what has completed is not done twice, and nothing is missed.
 */
public final class ItemRetries extends Scenario {
  private final AtomicBoolean mended = new AtomicBoolean();
  private final Collection<Integer> done = new ConcurrentLinkedQueue<>();

  ItemRetries(SynchronikManager manager) {
    super(manager);
  }

  private RunOutcome again(RunHandle run) {
    return manager.retryRun(run.id().value(), RunRequest.PLAIN).join(Probe.PATIENCE);
  }

  private static ItemPolicy failAtTheEnd() {
    return standing ->
        standing.over() && standing.statistics().failed() > 0
            ? ItemDecision.FAIL
            : ItemDecision.CONTINUE;
  }

  private ItemsOf<Integer> failingAtFirst(String id) {
    return new ItemsOf<>(id, Integer.class)
        .adding(items -> IntStream.range(0, 30).forEach(items::add))
        .working(
            (number, item) -> {
              if (number % 3 == 0 && !mended.get()) {
                throw new IllegalStateException("not yet");
              }
              done.add(number);
              return null;
            })
        .deciding(failAtTheEnd());
  }

  /** A run by itself. */
  public void onlyWhatDidNotSucceedIsDoneAgain() {
    define(failingAtFirst("again-alone"));
    RunHandle first = manager.runWorkerById("again-alone");
    assertThat(first.join(Probe.PATIENCE).state()).isEqualTo(RunState.FAILED);
    mended.set(true);

    RunOutcome second = again(first);

    assertThat(second.state()).isEqualTo(RunState.COMPLETED);
    assertThat(second.result().as(ItemSummary.class)).isEqualTo(new ItemSummary(10, 10, 0, 0));
    assertThat(done).hasSize(30).doesNotHaveDuplicates();
  }

  /** A part of a process: the process is run again from there. */
  public void processTakesOverWhatSucceeded() {
    define(failingAtFirst("again-items"));
    AtomicInteger before = new AtomicInteger();
    register("again-before", run -> before.incrementAndGet());
    define(Process.named("again-process").workers("again-before", "again-items"));
    RunHandle first = manager.runProcessById("again-process");
    assertThat(first.join(Probe.PATIENCE).state()).isEqualTo(RunState.FAILED);
    assertThat(done).hasSize(20);
    mended.set(true);

    RunOutcome second = again(first);

    assertThat(second.state()).isEqualTo(RunState.COMPLETED);
    assertThat(done).hasSize(30).doesNotHaveDuplicates();
    assertThat(before).hasValue(1);
  }

  /** Work began before all items were added: the rest is added, and what has completed stays. */
  public void tornEnumerationIsMadeWhole() {
    define(
        new ItemsOf<>("again-torn", Integer.class)
            .addingIn(
                (items, run) -> {
                  IntStream.range(0, 1000).forEach(i -> items.add("key " + i, i));
                  if (!mended.get()) {
                    new Semaphore(0).acquire();
                  }
                  IntStream.range(1000, 1500).forEach(i -> items.add("key " + i, i));
                })
            .working((number, item) -> done.add(number)));
    RunHandle first = manager.runWorkerById("again-torn");
    Await.until(Probe.PATIENCE, () -> statistics(first).completed() == 1000);
    first.cancel();
    assertThat(first.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
    mended.set(true);

    RunOutcome second = again(first);

    assertThat(second.state()).isEqualTo(RunState.COMPLETED);
    assertThat(second.result().as(ItemSummary.class)).isEqualTo(new ItemSummary(500, 500, 0, 0));
    assertThat(done).hasSize(1500).doesNotHaveDuplicates();
  }

  /** What was ready when the run was cancelled is done by the next, however soon that begins. */
  public void whatWasNotBegunIsNotMissed() {
    define(
        new ItemsOf<>("again-held", Integer.class)
            .adding(items -> IntStream.range(0, 6000).forEach(items::add))
            .working(
                (number, item) -> {
                  if (!mended.get()) {
                    new Semaphore(0).acquire();
                  }
                  return done.add(number);
                }),
        config -> config.concurrency(2));
    RunHandle first = manager.runWorkerById("again-held");
    Await.until(Probe.PATIENCE, () -> statistics(first).started() > 0);
    first.cancel();
    assertThat(first.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
    manager.updateWorkerConfig("again-held", config -> config.concurrency(0));
    mended.set(true);

    RunOutcome second = again(first);

    assertThat(second.state()).isEqualTo(RunState.COMPLETED);
    assertThat(second.result().as(ItemSummary.class)).isEqualTo(new ItemSummary(6000, 6000, 0, 0));
    assertThat(done).hasSize(6000).doesNotHaveDuplicates();
  }
}
