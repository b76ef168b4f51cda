package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.RunRequest;
import io.synchronik.event.UnitUpdated;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.schedule.Overlap;
import io.synchronik.unit.UnitStatus;
import io.synchronik.worker.WorkerDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a caller's open transaction has changed waits for its end, and nothing else does. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
@SuppressWarnings("try")
class OpenCallerIT extends SharedNode {
  private static final List<String> OTHERS = List.of("other-1", "other-2", "other-3");

  private final Map<String, AtomicInteger> ticks = new ConcurrentHashMap<>();

  @Override
  void prepare() {
    for (String other : OTHERS) {
      AtomicInteger count = new AtomicInteger();
      ticks.put(other, count);
      register(
          other, run -> count.incrementAndGet(), config -> config.every(Duration.ofMillis(50)));
    }
    register("asked", run -> "done", config -> config.overlap(Overlap.ALLOW));
  }

  @Test
  void pausedUnitStopsNoOther() {
    Held held = Held.interruptibly();
    register("pausing", held);
    RunHandle run = manager.runWorkerById("pausing");
    held.awaitBegun();
    AtomicInteger fired = new AtomicInteger();
    register(
        "pausing-too",
        one -> fired.incrementAndGet(),
        config -> config.every(Duration.ofMillis(40)).overlap(Overlap.ALLOW));

    try (OpenCaller caller =
        OpenCaller.of(
            node,
            () -> {
              manager.pause("pausing");
              manager.pause("pausing-too");
            })) {
      othersGoOn();
      held.letGo();
      // The end of a run waits for nobody
      Await.until(Probe.PATIENCE, () -> run.state() == RunState.COMPLETED);
      assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
      assertThat(unit("pausing").control().paused()).isFalse();
      othersGoOn();
    }

    awaitIdle("pausing");
    assertThat(unit("pausing").status()).isEqualTo(UnitStatus.PAUSED);
    assertThat(unit("pausing").statistics().completed()).isEqualTo(1);
    manager.resume("pausing");
    RunHandle next = manager.runWorkerById("pausing");
    held.letGo();
    assertThat(next.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    events.awaitCount(
        1,
        event ->
            isAbout(UnitUpdated.class, "pausing", event)
                && ((UnitUpdated) event).status() == UnitStatus.COMPLETED,
        Probe.PATIENCE);
    int before = fired.get();
    manager.resume("pausing-too");
    Await.until(Probe.PATIENCE, () -> fired.get() > before + 2);
    manager.releaseUnit("pausing-too", true);
  }

  @Test
  void cancelledRunStopsNoOther() {
    Held held = Held.interruptibly();
    register("cancelling", held, config -> config.overlap(Overlap.ALLOW));
    List<RunHandle> runs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      runs.add(manager.runWorkerById("cancelling"));
      held.awaitBegun();
    }
    RunHandle cancelled = runs.remove(0);

    try (OpenCaller caller = OpenCaller.of(node, () -> assertThat(cancelled.cancel()).isTrue())) {
      held.letAllGo();
      for (RunHandle run : runs) {
        assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
      }
      othersGoOn();
      assertThat(cancelled.state()).isEqualTo(RunState.RUNNING);
    }

    assertThat(cancelled.join(Probe.PATIENCE).state().isFinal()).isTrue();
    awaitIdle("cancelling");
  }

  @Test
  void cancelledRunThatWaitsStopsNoOther() {
    Held held = Held.interruptibly();
    register("queueing", held, config -> config.overlap(Overlap.QUEUE));
    RunHandle first = manager.runWorkerById("queueing");
    held.awaitBegun();
    RunHandle second = manager.runWorkerById("queueing");

    try (OpenCaller caller = OpenCaller.of(node, () -> assertThat(second.cancel()).isTrue())) {
      othersGoOn();
      held.letGo();
      assertThat(first.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    }

    assertThat(second.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
    awaitIdle("queueing");
  }

  @Test
  void whateverACallerDoesToAUnitStopsNoOther() {
    for (String id : List.of("changed", "released", "told")) {
      register(id, run -> "done");
      assertThat(manager.runWorkerById(id).join(Probe.PATIENCE).state())
          .isEqualTo(RunState.COMPLETED);
    }
    awaitIdle("told");
    RunHandle[] asked = new RunHandle[1];

    try (OpenCaller caller =
        OpenCaller.of(
            node,
            () -> {
              manager.updateUnitConfig("changed", config -> config.every(Duration.ofMillis(30)));
              manager.disable("changed");
              manager.enable("changed");
              manager.releaseUnit("released");
              manager.updateStatus("told", UnitStatus.IDLE);
              manager.registerUnit(WorkerDefinition.of("registered", run -> "done"));
              manager.useWorkerPool("held-pool", 2).addTask("one", run -> "done");
              asked[0] = manager.runWorkerById("changed");
            })) {
      // What was asked for before waits; what is about others goes on
      RunHandle waits = manager.runWorkerById("told");
      othersGoOn();
      assertThat(waits.state()).isEqualTo(RunState.SUBMITTED);
    }

    assertThat(asked[0].join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(manager.getUnitById("released")).isEmpty();
    assertThat(manager.runWorkerById("registered").join(Probe.PATIENCE).state())
        .isEqualTo(RunState.COMPLETED);
    manager.releaseUnit("changed", true);
  }

  @Test
  void randomProgramsOfCommandsStopNoOther() {
    Random random = new Random(42);
    List<String> units = List.of("random-1", "random-2", "random-3", "random-4");
    for (String id : units) {
      register(
          id, run -> "done", config -> config.every(Duration.ofMillis(30)).overlap(Overlap.ALLOW));
    }
    for (int program = 0; program < 6; program++) {
      List<Node.Step> steps = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        String id = units.get(random.nextInt(units.size()));
        steps.add(command(random.nextInt(7), id));
      }
      try (OpenCaller caller = OpenCaller.of(node, steps)) {
        othersGoOn();
      }
    }
    for (String id : units) {
      manager.resume(id);
      manager.enable(id);
      assertThat(manager.runWorkerById(id).join(Probe.PATIENCE).state())
          .isEqualTo(RunState.COMPLETED);
      manager.releaseUnit(id, true);
    }
  }

  private Node.Step command(int which, String id) {
    return switch (which) {
      case 0 -> () -> manager.pause(id);
      case 1 -> () -> manager.resume(id);
      case 2 -> () -> manager.disable(id);
      case 3 -> () -> manager.enable(id);
      case 4 -> () -> manager.updateUnitConfig(id, config -> config.maxRetries(3));
      case 5 -> () -> manager.stopWorkerById(id);
      default -> () -> manager.runUnitById(id, RunRequest.PLAIN.forced());
    };
  }

  /** Others fire, and what is asked of them is admitted and ends, all in a moment. */
  private void othersGoOn() {
    Map<String, Integer> before = new ConcurrentHashMap<>();
    ticks.forEach((id, count) -> before.put(id, count.get()));
    for (int i = 0; i < 3; i++) {
      assertThat(manager.runWorkerById("asked").join(Probe.PATIENCE).state())
          .isEqualTo(RunState.COMPLETED);
    }
    Await.until(
        Probe.PATIENCE,
        () -> OTHERS.stream().allMatch(id -> ticks.get(id).get() >= before.get(id) + 5));
  }

  private void awaitIdle(String id) {
    Await.until(Probe.PATIENCE, () -> open(id) == 0);
  }

  /** What is counted and what is owed. */
  private long open(String id) {
    try {
      return database.number("select active_runs from sk_unit where id = ?", id)
          + database.number("select count(*) from sk_unit_delta where unit = ?", id);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
