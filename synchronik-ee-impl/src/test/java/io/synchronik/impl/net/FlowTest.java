package io.synchronik.impl.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.impl.net.plan.EdgeKind;
import io.synchronik.impl.net.plan.Join;
import io.synchronik.impl.net.plan.NetBuilder;
import io.synchronik.impl.net.plan.Split;
import io.synchronik.impl.net.plan.TaskSpec;
import io.synchronik.process.FailurePolicy;
import org.junit.jupiter.api.Test;

class FlowTest {
  private final NetBuilder net = new NetBuilder(FailurePolicy.STOP);
  private final int begin = net.place("begin");
  private final int end = net.place("end");

  private int task(String id) {
    return net.task(TaskSpec.of(id));
  }

  private Play play() {
    return new Play(net.flow(begin, end).build());
  }

  @Test
  void whoStartsFirstTakesTheToken() {
    net.input(begin, task("phone")).input(begin, task("mail"));
    net.output(0, end);
    net.output(1, end);
    Play play = play().start();
    assertThat(play.enabled()).containsExactly("phone", "mail");
    play.run("mail");
    assertThat(play.effects).containsExactly(new Effect.Withdraw(0, 1, TaskState.ENABLED));
    assertThat(play.in(TaskState.DISABLED)).containsExactly("phone");
    assertThat(play.refused(new Command.Started(0, 1))).isEqualTo(Refusal.WRONG_STATE);
    assertThat(play.end("mail").state.phase()).isEqualTo(NetPhase.COMPLETED);
  }

  @Test
  void anXorSplitLoopsWithNewGenerations() {
    int work = net.task(TaskSpec.of("work").withJoin(Join.XOR));
    int review = net.task(TaskSpec.of("review").withSplit(Split.XOR));
    net.input(begin, work).edge(work, review, EdgeKind.ORDER);
    net.edge(review, work, EdgeKind.ORDER);
    net.output(review, end);
    Play play = play().start().end("work");
    assertThat(play.refused(new Command.Ended(review, 0, Outcome.SUCCEEDED)))
        .isEqualTo(Refusal.STALE_GENERATION);
    play.end("review", true, false);
    assertThat(play.state.generation(work)).isEqualTo(2);
    play.end("work").end("review", false, true);
    assertThat(play.state.phase()).isEqualTo(NetPhase.COMPLETED);
    assertThat(play.state.generation(review)).isEqualTo(2);
  }

  @Test
  void anXorSplitTakesExactlyOne() {
    int choose = net.task(TaskSpec.of("choose").withSplit(Split.XOR));
    net.input(begin, choose).edge(choose, task("a"), EdgeKind.ORDER);
    net.output(choose, end);
    Play play = play().start().run("choose");
    assertThat(play.refused(new Command.Ended(0, 1, Outcome.SUCCEEDED)))
        .isEqualTo(Refusal.BAD_VERDICTS);
    assertThat(play.end("choose", true, false).enabled()).containsExactly("a");
  }

  @Test
  void anXorJoinTakesOneTokenPerStart() {
    int fork = task("fork");
    int join = net.task(TaskSpec.of("join").withJoin(Join.XOR));
    int a = task("a");
    int b = task("b");
    net.input(begin, fork).edge(fork, a, EdgeKind.ORDER);
    net.edge(fork, b, EdgeKind.ORDER);
    net.edge(a, join, EdgeKind.ORDER);
    net.edge(b, join, EdgeKind.ORDER);
    Play play = play().start().end("fork").end("b").end("a");
    assertThat(play.enabled()).containsExactly("join");
    play.run("join");
    assertThat(play.state.placeRows(play.net)).containsExactly(new PlaceRow("b>join", 1));
    play.end("join");
    assertThat(play.enabled()).containsExactly("join");
    assertThat(play.state.generation(join)).isEqualTo(2);
    play.end("join");
    assertThat(play.state.phase()).isEqualTo(NetPhase.FAILED);
    assertThat(play.state.reason()).isEqualTo("no task can go on");
  }

  @Test
  void theFirstTokenOnTheEndPlaceWithdrawsTheRest() {
    int fork = task("fork");
    int slow = task("slow");
    net.input(begin, fork).edge(fork, slow, EdgeKind.ORDER);
    net.edge(fork, task("fast"), EdgeKind.ORDER);
    net.output(2, end);
    Play play = play().start().end("fork").run("slow").end("fast");
    assertThat(play.effects)
        .contains(new Effect.Withdraw(slow, 1, TaskState.STARTED))
        .endsWith(new Effect.RunEnded(NetPhase.COMPLETED, null));
    assertThat(play.reasons()).containsEntry("slow", "the run has ended");
  }

  @Test
  void flowsHaveNoEdgesThatDecide() {
    net.edge(task("a"), task("b"), EdgeKind.CONDITIONAL);
    assertThatThrownBy(() -> net.flow(begin, end).build())
        .isInstanceOf(IllegalArgumentException.class);
  }
}
