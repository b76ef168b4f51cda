package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.EngineStats;
import io.synchronik.event.Milestone;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.RunHandle;
import java.time.Duration;
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
