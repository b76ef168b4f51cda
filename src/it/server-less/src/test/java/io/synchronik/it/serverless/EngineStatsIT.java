package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.EngineStats;
import io.synchronik.event.Milestone;
import io.synchronik.event.Subscription;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.RunHandle;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Numbers about the engine. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class EngineStatsIT extends SharedNode {

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder
        .setting("synchronik.stats-interval", "300ms")
        .setting("synchronik.workers", "3")
        .setting("synchronik.node", "counted");
  }

  @Test
  void numbersAreTyped() {
    Held held = Held.interruptibly();
    register("held", held);
    register(
        "failing",
        run -> {
          throw new IllegalStateException("no");
        });
    EngineStats before = manager.getEngineStats();
    RunHandle run = manager.runWorkerById("held");
    held.awaitBegun();
    manager.runWorkerById("failing").join(Probe.PATIENCE);
    EngineStats during = awaitStats(stats -> stats.work().failed() > before.work().failed());
    held.letGo();
    run.join(Probe.PATIENCE);
    EngineStats after = awaitStats(stats -> stats.work().completed() > during.work().completed());

    assertThat(during.node().application()).isEqualTo("test");
    assertThat(during.node().name()).isEqualTo("counted");
    assertThat(during.node().running()).isTrue();
    assertThat(during.node().liveNodes()).isEqualTo(1);
    assertThat(during.node().clockOffset())
        .isBetween(Duration.ofMinutes(-1), Duration.ofMinutes(1));
    assertThat(during.memory().used()).isPositive();
    assertThat(during.cpu().sinceLastCall())
        .isBetween(0.0, (double) Runtime.getRuntime().availableProcessors());
    assertThat(during.cpu().interval()).isPositive();
    assertThat(during.threads().workers()).isEqualTo(3);
    assertThat(during.threads().busy()).isEqualTo(1);
    assertThat(during.threads().stuck()).isZero();
    assertThat(during.work().failed() - before.work().failed()).isEqualTo(1);
    assertThat(after.work().completed() - during.work().completed()).isEqualTo(1);
  }

  @Test
  void whatWaitsIsCountedWithItsAge() {
    Held held = Held.interruptibly();
    register("ends-late", held);
    RunHandle run = manager.runWorkerById("ends-late");
    held.awaitBegun();
    OpenCaller caller = OpenCaller.of(node, () -> manager.stopWorkerById("ends-late"));
    try (caller) {
      held.letGo();
      EngineStats.Lane aside =
          awaitLane("recording completions", lane -> lane.aside() == 1 || lane.inWork() == 1);
      assertThat(aside.oldest()).isPositive();
      EngineStats.Lane older =
          awaitLane(aside.name(), lane -> lane.oldest().compareTo(aside.oldest()) > 0);
      assertThat(older.waiting() + older.inWork()).isEqualTo(1);
    }
    run.join(Probe.PATIENCE);

    EngineStats.Lane empty =
        awaitLane("recording completions", lane -> lane.waiting() + lane.inWork() == 0);
    assertThat(empty.oldest()).isZero();
  }

  @Test
  void codeThatIsToldSomethingIsCountedWhileItBlocks() {
    CountDownLatch told = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Subscription following =
        manager.followJournal(
            manager.journalPosition(),
            entry -> {
              told.countDown();
              awaited(goOn);
            });
    try (following) {
      manager.emitMilestoneNow("something", null);
      assertThat(awaited(told)).isTrue();

      EngineStats.Lane telling = awaitLane("telling the application", lane -> lane.inWork() == 1);
      awaitLane(telling.name(), lane -> lane.oldest().compareTo(telling.oldest()) > 0);
      goOn.countDown();
      awaitLane(telling.name(), lane -> lane.inWork() == 0);
    } finally {
      goOn.countDown();
    }
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(Probe.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private EngineStats.Lane awaitLane(String name, Predicate<EngineStats.Lane> fits) {
    return lane(awaitStats(stats -> fits.test(lane(stats, name))), name);
  }

  private static EngineStats.Lane lane(EngineStats stats, String name) {
    return stats.lanes().stream().filter(one -> one.name().equals(name)).findAny().orElseThrow();
  }

  /** An end is in the tables a moment before it is counted. */
  private EngineStats awaitStats(Predicate<EngineStats> fits) {
    AtomicReference<EngineStats> latest = new AtomicReference<>();
    Await.until(
        Probe.PATIENCE,
        () -> {
          latest.set(manager.getEngineStats());
          return fits.test(latest.get());
        });
    return latest.get();
  }

  @Test
  void numbersAreAnnouncedOnTheirInterval() {
    for (int i = 0; i < 2; i++) {
      Milestone stats =
          events.awaitNext(
              Milestone.class, milestone -> milestone.milestoneId().equals("engine:stats"));
      assertThat(stats.content().json()).contains("\"workers\":3").contains("\"counted\"");
    }
  }
}
