package io.synchronik.impl.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.process.FailurePolicy;
import io.synchronik.process.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphTest {
  private static Play diamond(FailurePolicy policy) {
    return Play.graph(policy, List.of("a", "b", "c", "d"), "a>b", "a>c", "b>d", "c>d");
  }

  @Test
  void diamondJoins() {
    Play play = diamond(FailurePolicy.CONTINUE).start();
    assertThat(play.end("a").enabled()).containsExactly("b", "c");
    assertThat(play.run("b").end("c").enabled()).isEmpty();
    assertThat(play.state.placeRows(play.net)).containsExactly(new PlaceRow("c>d", 1));
    assertThat(play.end("b").enabled()).containsExactly("d");
    assertThat(play.end("d").state.phase()).isEqualTo(NetPhase.COMPLETED);
  }

  @Test
  void failedParentSkipsWhatDependsOnIt() {
    Play play = diamond(FailurePolicy.CONTINUE).start().end("a").fail("b");
    assertThat(play.state.placeRows(play.net)).contains(new PlaceRow("!b>d", 1));
    play.end("c");
    assertThat(play.judged()).isEqualTo(Map.of("c", Verdict.COMPLETED, "d", Verdict.SKIPPED));
    assertThat(play.reasons()).isEqualTo(Map.of("d", "b failed"));
    assertThat(play.state.phase()).isEqualTo(NetPhase.FAILED);
  }

  @Test
  void stopLeavesTheOthersUndone() {
    Play play = diamond(FailurePolicy.STOP).start().end("a").run("c").fail("b");
    assertThat(play.reasons()).isEqualTo(Map.of("d", "stopped after b"));
    assertThat(play.end("c").state.phase()).isEqualTo(NetPhase.FAILED);
  }

  @Test
  void disabledParentSkipsAndSkippingPassesOn() {
    Play play = diamond(FailurePolicy.CONTINUE).start("a");
    assertThat(play.reasons())
        .isEqualTo(Map.of("a", "disabled", "b", "a disabled", "c", "a disabled", "d", "b skipped"));
    assertThat(play.state.phase()).isEqualTo(NetPhase.COMPLETED);
  }

  @Test
  void cancelledWorkerSkipsWhatDependsOnIt() {
    Play play = diamond(FailurePolicy.CONTINUE).start().end("a").run("b");
    play.cancel("b");
    assertThat(play.effects).contains(new Effect.Withdraw(1, 1, TaskState.STARTED));
    play.end("c");
    assertThat(play.reasons()).isEqualTo(Map.of("b", "cancelled", "d", "b cancelled"));
    assertThat(play.state.phase()).isEqualTo(NetPhase.FAILED);
  }

  @Test
  void conditionsChooseTheBranch() {
    List<String> workers = List.of("validate", "publish", "quarantine", "report");
    String[] links = {
      "validate?publish", "validate?quarantine", "publish>report", "quarantine>report"
    };
    Play play = Play.graph(FailurePolicy.CONTINUE, workers, links).start();
    assertThat(play.net.choices(0)).containsExactly(0, 1);
    play.end("validate", true, false);
    assertThat(play.enabled()).containsExactly("publish");
    assertThat(play.reasons()).isEqualTo(Map.of("quarantine", "condition false on validate"));
    play.end("publish");
    assertThat(play.reasons()).containsEntry("report", "quarantine skipped");
    assertThat(play.state.phase()).isEqualTo(NetPhase.COMPLETED);
  }

  @Test
  void wrongVerdictsAreRefused() {
    Play play = Play.graph(FailurePolicy.CONTINUE, List.of("a", "b"), "a?b").start().run("a");
    assertThat(play.refused(new Command.Ended(0, 1, Outcome.SUCCEEDED)))
        .isEqualTo(Refusal.BAD_VERDICTS);
    assertThat(play.end("a", true).enabled()).containsExactly("b");
  }

  @Test
  void thereAreNoWaves() {
    List<String> workers = List.of("slow", "fast", "after-slow", "after-fast", "last");
    Play play =
        Play.graph(
            FailurePolicy.CONTINUE,
            workers,
            "slow>after-slow",
            "fast>after-fast",
            "after-fast>last");
    play.start().run("slow").end("fast").end("after-fast").end("last");
    assertThat(play.in(TaskState.COMPLETED)).containsExactly("fast", "after-fast", "last");
    assertThat(play.in(TaskState.STARTED)).containsExactly("slow");
    assertThat(play.end("slow").enabled()).containsExactly("after-slow");
  }

  @Test
  void cancelledRunEndsOnce() {
    Play play = diamond(FailurePolicy.CONTINUE).start().end("a").run("b");
    play.cancelRun();
    assertThat(play.effects)
        .contains(
            new Effect.Withdraw(1, 1, TaskState.STARTED),
            new Effect.Withdraw(2, 1, TaskState.ENABLED))
        .endsWith(new Effect.RunEnded(NetPhase.CANCELED, "by anna"));
    assertThat(play.judged())
        .isEqualTo(Map.of("b", Verdict.CANCELED, "c", Verdict.CANCELED, "d", Verdict.SKIPPED));
    assertThat(play.refused(new Command.CancelRun("again"))).isEqualTo(Refusal.FINAL_RUN);
    assertThat(play.refused(new Command.Ended(1, 1, Outcome.SUCCEEDED)))
        .isEqualTo(Refusal.FINAL_RUN);
  }

  @Test
  void guardsRefuse() {
    Play play = diamond(FailurePolicy.CONTINUE);
    assertThat(play.refused(new Command.Started(0, 0))).isEqualTo(Refusal.WRONG_STATE);
    assertThat(play.refused(new Command.Start(List.of(4)))).isEqualTo(Refusal.UNKNOWN_TASK);
    play.start();
    assertThat(play.refused(new Command.Start(List.of()))).isEqualTo(Refusal.WRONG_STATE);
    assertThat(play.refused(new Command.Started(-1, 1))).isEqualTo(Refusal.UNKNOWN_TASK);
    assertThat(play.refused(new Command.Started(0, 2))).isEqualTo(Refusal.STALE_GENERATION);
    assertThat(play.refused(new Command.Ended(0, 1, Outcome.FAILED)))
        .isEqualTo(Refusal.WRONG_STATE);
  }

  @Test
  void changesAreTheRowsThatDiffer() {
    Play play = diamond(FailurePolicy.CONTINUE).start().run("a");
    NetState before = play.state;
    play.end("a").run("b");
    assertThat(play.state.taskChanges(play.net, before))
        .containsExactly(
            new TaskRow("a", 1, TaskState.COMPLETED, null),
            new TaskRow("b", 1, TaskState.STARTED, null),
            new TaskRow("c", 1, TaskState.ENABLED, null));
    assertThat(play.state.placeChanges(play.net, before)).containsExactly(new PlaceRow("a>c", 1));
  }
}
