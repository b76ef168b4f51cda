package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.RunQuery;
import io.synchronik.event.UnitSkipped;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.schedule.Overlap;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a node takes when all its threads are busy. It has one. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class BackpressureIT extends SharedNode {
  /** After so many short runs the node counts on the next being short too. */
  private static final int ENOUGH = 200;

  private Held held;

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder.setting("synchronik.workers", "1");
  }

  @Override
  void prepare() {
    register("short", run -> "done", config -> config.overlap(Overlap.ALLOW));
  }

  @BeforeEach
  void holdTheThread() {
    List<RunHandle> shorts =
        Stream.generate(() -> manager.runWorkerById("short")).limit(ENOUGH).toList();
    shorts.forEach(run -> run.join(Probe.PATIENCE));
    held = Held.interruptibly();
    manager.getUnitById("held").ifPresent(unit -> manager.releaseUnit("held", true));
    register("held", held);
    manager.runWorkerById("held");
    held.awaitBegun();
  }

  @AfterEach
  void letTheThreadGo() {
    held.letAllGo();
  }

  @Test
  void whatWasTakenAheadIsGivenBackWhenItWaits() {
    List<RunHandle> ahead = Stream.generate(() -> manager.runWorkerById("short")).limit(3).toList();

    ahead.forEach(run -> awaitState(run, RunState.RUNNING));
    ahead.forEach(run -> awaitState(run, RunState.READY));

    held.letGo();
    for (RunHandle run : ahead) {
      assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
      assertThat(view(run).execution().attempt()).isEqualTo(1);
    }
  }

  @Test
  void whatWasTakenAheadCanBeCancelled() {
    RunHandle ahead = manager.runWorkerById("short");
    awaitState(ahead, RunState.RUNNING);

    assertThat(ahead.cancel()).isTrue();

    assertThat(ahead.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
  }

  @Test
  void schedulesAreNotHeldBackForLong() {
    register("often", run -> "", config -> config.every(Duration.ofMillis(100)));

    awaitEvent(UnitSkipped.class, "often");
    RunQuery waiting = RunQuery.LATEST.ofUnit("often").in(RunState.READY);
    Await.until(Probe.PATIENCE, () -> manager.findRuns(waiting).items().size() == 1);

    held.letGo();
    Await.until(Probe.PATIENCE, () -> unit("often").statistics().completed() > 0);
    manager.releaseUnit("often");
  }
}
