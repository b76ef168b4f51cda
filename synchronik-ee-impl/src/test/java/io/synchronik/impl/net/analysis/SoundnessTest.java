package io.synchronik.impl.net.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SoundnessTest {
  private final WorkflowNet.Builder net = WorkflowNet.builder();

  private Verdict verdict() {
    return Soundness.of(net.build("start", "end"));
  }

  @Test
  void whatIsSplitAndJoinedIsSound() {
    net.transition("open", List.of("start"), List.of("a", "b"));
    net.transition("left", List.of("a"), List.of("c"));
    net.transition("right", List.of("b"), List.of("d"));
    net.transition("close", List.of("c", "d"), List.of("end"));

    assertThat(verdict()).isEqualTo(new Verdict.Sound(true));
  }

  @Test
  void aChoiceThatIsJoinedByBothIsADeadEnd() {
    net.transition("yes", List.of("start"), List.of("a"));
    net.transition("no", List.of("start"), List.of("b"));
    net.transition("close", List.of("a", "b"), List.of("end"));

    assertThat(verdict())
        .isEqualTo(new Verdict.Unsound(Flaw.DEAD_END, List.of("no"), Map.of("b", 1)));
  }

  @Test
  void whatIsSplitAndEndsTwiceLeavesSomethingOver() {
    net.transition("open", List.of("start"), List.of("a", "b"));
    net.transition("first", List.of("a"), List.of("end"));
    net.transition("second", List.of("b"), List.of("end"));

    Verdict verdict = verdict();

    assertThat(verdict).isInstanceOf(Verdict.Unsound.class);
    Verdict.Unsound unsound = (Verdict.Unsound) verdict;
    assertThat(unsound.flaw()).isEqualTo(Flaw.IMPROPER);
    assertThat(unsound.trace()).hasSize(2).startsWith("open");
    assertThat(unsound.left()).containsEntry("end", 1).hasSize(2);
  }

  @Test
  void whatGivesBackWhatItTookAndMoreHasNoBound() {
    net.transition("open", List.of("start"), List.of("a"));
    net.transition("again", List.of("a"), List.of("a", "b"));
    net.transition("close", List.of("a"), List.of("c"));
    net.transition("last", List.of("b", "c"), List.of("end"));

    assertThat(Told.of(verdict())).isEqualTo("unsound");
  }

  @Test
  void whatTurnsInACircleForEverIsALivelock() {
    net.transition("open", List.of("start"), List.of("a"));
    net.transition("there", List.of("a"), List.of("b"));
    net.transition("back", List.of("b"), List.of("a"));
    net.transition("out", List.of("a", "c"), List.of("end"));
    net.transition("in", List.of("b"), List.of("b", "c"));
    net.transition("lost", List.of("c"), List.of("d"));

    assertThat(Told.of(verdict())).isEqualTo("unsound");
  }

  @Test
  void whatCanNeverHappenIsTold() {
    net.transition("only", List.of("start"), List.of("end"));
    net.transition("never", List.of("a"), List.of("a", "end"));

    assertThat(verdict())
        .isEqualTo(new Verdict.Unsound(Flaw.DEAD_TASK, List.of("never"), Map.of()));
  }

  /** Of two that are worked on, the one that ends first withdraws the other. */
  @Test
  void aRegionTakesWhatIsLeft() {
    net.transition("open", List.of("start"), List.of("a", "b"));
    net.transition("first", List.of("a"), List.of("end"), List.of("b"));
    net.transition("second", List.of("b"), List.of("end"), List.of("a"));

    assertThat(verdict()).isEqualTo(new Verdict.Sound(true));
  }

  @Test
  void aRegionThatForgetsAPlaceLeavesSomethingOver() {
    net.transition("open", List.of("start"), List.of("a", "b"));
    net.transition("work", List.of("b"), List.of("c"));
    net.transition("first", List.of("a"), List.of("end"), List.of("b"));
    net.transition("second", List.of("c"), List.of("end"), List.of("a"));

    assertThat(verdict())
        .isEqualTo(
            new Verdict.Unsound(
                Flaw.IMPROPER, List.of("open", "work", "first"), Map.of("c", 1, "end", 1)));
  }

  @Test
  void severalEndsAreProperWhenNothingElseIsLeft() {
    net.transition("open", List.of("start"), List.of("a", "b"));
    net.transition("left", List.of("a"), List.of("done"));
    net.transition("right", List.of("b"), List.of("shipped"));

    assertThat(Soundness.of(net.build("start", List.of("done", "shipped"))))
        .isEqualTo(new Verdict.Sound(true));
  }

  /** A thousand tasks in blocks of two, with a choice in each. */
  @Test
  void largeNetsAreReduced() {
    String at = "start";
    for (int i = 0; i < 250; i++) {
      String next = i == 249 ? "end" : "p" + i;
      net.transition("split" + i, List.of(at), List.of("a" + i, "b" + i));
      net.transition("yes" + i, List.of("a" + i), List.of("c" + i));
      net.transition("no" + i, List.of("a" + i), List.of("c" + i));
      net.transition("join" + i, List.of("b" + i, "c" + i), List.of(next));
      at = next;
    }

    assertThat(verdict()).isEqualTo(new Verdict.Sound(true));
  }

  @Test
  void aDeadEndThatIsReducedAwayIsToldAsOne() {
    net.transition("a", List.of("start"), List.of("p"));
    net.transition("b", List.of("p", "q"), List.of("end"));

    assertThat(verdict())
        .isEqualTo(new Verdict.Unsound(Flaw.DEAD_END, List.of("a"), Map.of("p", 1)));
  }

  @Test
  void whatCanOnlyTurnInACircleIsALivelock() {
    net.transition("in", List.of("start"), List.of("a"));
    net.transition("there", List.of("a"), List.of("b"));
    net.transition("back", List.of("b"), List.of("a"));
    net.transition("out", List.of("start"), List.of("end"));

    Verdict verdict = verdict();

    assertThat(verdict).isInstanceOf(Verdict.Unsound.class);
    assertThat(((Verdict.Unsound) verdict).flaw()).isEqualTo(Flaw.LIVELOCK);
    assertThat(((Verdict.Unsound) verdict).trace()).startsWith("in");
  }

  @Test
  void whatIsTakenFromAnEndDoesNotVanish() {
    net.transition("a", List.of("start"), List.of("e1"));
    net.transition("b", List.of("start"), List.of("e1", "y"));
    net.transition("on", List.of("e1"), List.of("after"));
    net.transition("to", List.of("after", "y"), List.of("e2"));

    assertThat(Told.of(Soundness.of(net.build("start", List.of("e1", "e2"))))).isEqualTo("unsound");
  }

  @Test
  void whatGivesNothingDoesNotVanish() {
    net.transition("t", List.of("start"), List.of("end", "p"));
    net.transition("sink", List.of("p"), List.of());

    assertThat(Told.of(verdict())).isEqualTo("unsound");
  }
}
