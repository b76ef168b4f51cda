package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.RunRequest;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.NewItem;
import io.synchronik.pool.PoolTask;
import io.synchronik.pool.WorkerPool;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.worker.WorkerDefinition;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Texts that no database keeps as they are: too long, with NUL, with half of a character. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class OddTextsIT extends SharedNode {
  private static final String EMOJI = "\uD83D\uDE00";
  private static final List<String> ODD =
      List.of(
          "",
          "  ",
          "a\0b",
          "\0".repeat(300),
          "x".repeat(10_000),
          "half \uD83D of one",
          "\uDE00",
          "x".repeat(198) + EMOJI,
          "x".repeat(198) + EMOJI + EMOJI,
          EMOJI.repeat(200));

  private static final List<String> UNKEPT =
      List.of("", "a\0b", "x".repeat(10_000), "half \uD83D of one");

  private volatile String caller = "code";

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder.instance(Principal.class, new Named());
  }

  @Test
  void callersOfAnyNamePauseCancelAndAddTasks() {
    Held held = Held.interruptibly();
    register("odd-callers", run -> "done");
    register("odd-cancelled", held);
    WorkerPool pool = manager.useWorkerPool("odd-pool", 1);
    pool.addTask(PoolTask.of("first", "odd-cancelled"));
    held.awaitBegun();
    try {
      for (String name : ODD) {
        caller = name;
        manager.pause("odd-callers");
        assertTold(unit("odd-callers").control().pausedBy());
        RunHandle run = manager.runUnitById("odd-callers", RunRequest.PLAIN.forced());
        assertTold(view(run).origin().requestedBy());
        assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
        manager.resume("odd-callers");
        long task = pool.addTask(PoolTask.of("task", "odd-callers"));
        assertTold(pool.findTask(task).orElseThrow().given().requestedBy());
        pool.cancelTask(task);
      }
    } finally {
      caller = "code";
      held.letGo();
    }
  }

  @Test
  void cancelIsToldInAnyName() {
    for (String name : ODD) {
      Held held = Held.interruptibly();
      String id = "odd-stopped-" + ODD.indexOf(name);
      register(id, held);
      RunHandle run = manager.runWorkerById(id);
      held.awaitBegun();
      try {
        caller = name;
        assertThat(manager.stopWorkerById(id)).isEqualTo(1);
      } finally {
        caller = "code";
      }
      assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
      assertTold(view(run).execution().reason());
    }
  }

  @Test
  void askersAndDescriptionsOfUnitsMayBeAnyText() {
    for (String text : ODD) {
      String id = "odd-described-" + ODD.indexOf(text);
      manager.registerUnit(
          WorkerDefinition.of(id, run -> "done").withName(text).withDescription(text));
      RunHandle run = manager.runUnitById(id, RunRequest.PLAIN.by(text));
      assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
      assertThat(unit(id).identity().description()).doesNotContain("\0");
    }
  }

  @Test
  void namesThatMatterAreRefusedInWords() {
    register("odd-keys", run -> "done");
    WorkerPool pool = manager.useWorkerPool("odd-names", 1);
    for (String text : UNKEPT) {
      assertThatIllegalArgumentException().isThrownBy(() -> RunRequest.PLAIN.withKey(text));
      assertThatIllegalArgumentException().isThrownBy(() -> NewItem.of(1).withKey(text));
      assertThatIllegalArgumentException().isThrownBy(() -> NewItem.of(1).withMutex(text));
      assertRefused(() -> pool.addTask(PoolTask.of(text, "odd-keys")));
      assertRefused(() -> manager.emitMilestone(text, null));
      assertRefused(() -> manager.useWorkerPool(text, 1));
      assertRefused(() -> manager.runWorkerById(text));
      assertRefused(() -> manager.pause(text));
      assertRefused(() -> manager.retryRun(text, RunRequest.PLAIN));
      assertThat(manager.getUnitById(text)).isEmpty();
      assertThat(manager.getRunById(text)).isEmpty();
      assertThat(manager.findWorkerPool(text)).isEmpty();
    }
    RunHandle run =
        manager.runUnitById(
            "odd-keys", RunRequest.PLAIN.withPayload("a\0b").withKey("x".repeat(200)));
    assertThat(run.join(Duration.ofSeconds(Long.MAX_VALUE)).state()).isEqualTo(RunState.COMPLETED);
  }

  @Test
  void timesThatNoDatabaseKeepsAreRefused() {
    register("odd-times", run -> "done");
    for (Instant time : List.of(Instant.MAX, Instant.MIN)) {
      assertRefused(() -> manager.pause("odd-times", time));
    }
    assertThat(manager.runWorkerById("odd-times").join(Probe.PATIENCE).state())
        .isEqualTo(RunState.COMPLETED);
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call).hasMessageStartingWith("SYNC-").hasMessageNotContaining("select");
  }

  private static void assertTold(@Nullable String told) {
    String text = String.valueOf(told);
    assertThat(text).isNotBlank().hasSizeLessThanOrEqualTo(200).doesNotContain("\0");
    assertThat(text.codePoints())
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private final class Named implements Principal {
    @Override
    public String getName() {
      return caller;
    }
  }
}
