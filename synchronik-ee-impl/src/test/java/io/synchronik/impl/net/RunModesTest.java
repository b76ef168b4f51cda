package io.synchronik.impl.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.process.FailurePolicy;
import io.synchronik.process.RunMode;
import io.synchronik.process.RunOrder;
import io.synchronik.process.Verdict;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunModesTest {
  @Test
  void sequentialGoesOneByOne() {
    Play play = Play.of(RunMode.SEQUENTIAL, "a", "b", "c").start();
    assertThat(play.enabled()).containsExactly("a");
    assertThat(play.end("a").enabled()).containsExactly("b");
    assertThat(play.end("b").enabled()).containsExactly("c");
    play.end("c");
    assertThat(play.state.phase()).isEqualTo(NetPhase.COMPLETED);
    assertThat(play.effects)
        .containsExactly(
            new Effect.Judged(2, Verdict.COMPLETED, Reason.NONE),
            new Effect.RunEnded(NetPhase.COMPLETED, null));
    assertThat(play.state.placeRows(play.net)).isEmpty();
  }

  @Test
  void sequentialStopsAtAFailure() {
    Play play = Play.of(RunMode.SEQUENTIAL, "a", "b", "c").start().fail("a");
    assertThat(play.judged())
        .isEqualTo(Map.of("a", Verdict.FAILED, "b", Verdict.SKIPPED, "c", Verdict.SKIPPED));
    assertThat(play.reasons()).isEqualTo(Map.of("b", "stopped after a", "c", "stopped after a"));
    assertThat(play.state.phase()).isEqualTo(NetPhase.FAILED);
  }

  @Test
  void sequentialGoesOnAfterAFailureWhenToldSo() {
    RunOrder order = RunOrder.of(RunMode.SEQUENTIAL);
    Play play = Play.of(order, FailurePolicy.CONTINUE, "a", "b").start().fail("a");
    assertThat(play.enabled()).containsExactly("b");
    assertThat(play.end("b").state.phase()).isEqualTo(NetPhase.FAILED);
    play = Play.of(order, FailurePolicy.TOLERATE, "a", "b").start().fail("a").end("b");
    assertThat(play.state.phase()).isEqualTo(NetPhase.COMPLETED);
    assertThat(play.in(TaskState.FAILED)).containsExactly("a");
  }

  @Test
  void disabledWorkerLetsTheNextGoOn() {
    Play play = Play.of(RunMode.SEQUENTIAL, "a", "b", "c").start("b");
    assertThat(play.in(TaskState.SKIPPED)).isEmpty();
    play.end("a");
    assertThat(play.judged()).isEqualTo(Map.of("a", Verdict.COMPLETED, "b", Verdict.SKIPPED));
    assertThat(play.reasons()).isEqualTo(Map.of("b", "disabled"));
    assertThat(play.enabled()).containsExactly("c");
    assertThat(play.end("c").state.phase()).isEqualTo(NetPhase.COMPLETED);
  }

  @Test
  void allDisabledEndsAtOnce() {
    Play play = Play.of(RunMode.SEQUENTIAL, "a", "b").start("a", "b");
    assertThat(play.state.phase()).isEqualTo(NetPhase.COMPLETED);
    assertThat(play.judged()).containsOnlyKeys("a", "b");
  }

  @Test
  void parallelRunsAllAndNamesFailures() {
    Play play = Play.of(RunMode.PARALLEL, "a", "b", "c").start();
    assertThat(play.enabled()).containsExactly("a", "b", "c");
    play.fail("b").end("a");
    assertThat(play.state.phase()).isEqualTo(NetPhase.STARTED);
    assertThat(play.end("c").state.phase()).isEqualTo(NetPhase.FAILED);
  }

  @Test
  void parallelThatStopsLetsEndWhatRuns() {
    Play play = Play.of(RunOrder.of(RunMode.PARALLEL), FailurePolicy.STOP, "a", "b", "c").start();
    play.run("a").run("b").fail("a");
    assertThat(play.effects)
        .contains(new Effect.Withdraw(2, 1, TaskState.ENABLED))
        .noneMatch(Effect.RunEnded.class::isInstance);
    assertThat(play.reasons()).isEqualTo(Map.of("c", "stopped after a"));
    play.end("b");
    assertThat(play.judged()).isEqualTo(Map.of("b", Verdict.COMPLETED));
    assertThat(play.state.phase()).isEqualTo(NetPhase.FAILED);
  }

  @Test
  void batchWaitsForTheWholeGroup() {
    Play play = Play.of(RunMode.BATCHED, "a", "b", "c", "d", "e").start();
    assertThat(play.enabled()).containsExactly("a", "b");
    assertThat(play.end("b").enabled()).containsExactly("a");
    assertThat(play.fail("a").enabled()).containsExactly("c", "d");
    play.end("c").end("d");
    assertThat(play.enabled()).containsExactly("e");
    assertThat(play.end("e").state.phase()).isEqualTo(NetPhase.FAILED);
  }

  @Test
  void oneBatchIsParallel() {
    Play play = Play.of(RunOrder.batched(7), FailurePolicy.CONTINUE, "a", "b").start();
    assertThat(play.enabled()).containsExactly("a", "b");
    assertThat(play.end("a").end("b").state.phase()).isEqualTo(NetPhase.COMPLETED);
  }

  @Test
  void isolatedWaitsBetween() {
    Duration delay = Duration.ofMillis(500);
    Play play = Play.of(RunOrder.isolated(delay), FailurePolicy.STOP, "a", "b").start();
    assertThat(play.enabled()).containsExactly("a");
    assertThat(play.end("a").delays()).containsExactly(delay);
    assertThat(play.in(TaskState.WAITING)).containsExactly("b");
    assertThat(play.refused(new Command.Started(1, 1))).isEqualTo(Refusal.WRONG_STATE);
    assertThat(play.delayOver("b").enabled()).containsExactly("b");
    assertThat(play.refused(new Command.DelayOver(1, 1))).isEqualTo(Refusal.WRONG_STATE);
    assertThat(play.end("b").state.phase()).isEqualTo(NetPhase.COMPLETED);
  }

  @Test
  void isolatedWithoutDelayIsSequential() {
    Play play = Play.of(RunOrder.isolated(Duration.ZERO), FailurePolicy.STOP, "a", "b").start();
    assertThat(play.end("a").enabled()).containsExactly("b");
  }
}
