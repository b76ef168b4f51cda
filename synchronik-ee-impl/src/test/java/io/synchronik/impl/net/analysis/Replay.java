package io.synchronik.impl.net.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Plays a trace by the names of its transitions, and looks whether it leads to what it says. */
final class Replay {
  private Replay() {}

  static void check(WorkflowNet net, Verdict.Unsound verdict) {
    if (verdict.flaw() == Flaw.DEAD_TASK) {
      return;
    }
    Set<Marking> reached = Set.of(net.initial());
    for (String name : verdict.trace()) {
      Set<Marking> next = new HashSet<>();
      for (Marking marking : reached) {
        for (WorkflowNet.Transition transition : enabled(net, marking)) {
          if (transition.name.equals(name)) {
            next.add(net.after(marking, transition));
          }
        }
      }
      reached = next;
    }
    assertThat(reached)
        .as(verdict.toString())
        .anyMatch(
            marking ->
                net.tokens(marking).equals(verdict.left()) && holds(net, marking, verdict.flaw()));
  }

  private static boolean holds(WorkflowNet net, Marking marking, Flaw flaw) {
    return switch (flaw) {
      case DEAD_END -> enabled(net, marking).isEmpty() && !net.isFinal(marking);
      case IMPROPER -> net.isImproper(marking);
      case MANY_TOKENS -> marking.most() > 1;
      case LIVELOCK -> !enabled(net, marking).isEmpty();
      case DEAD_TASK -> true;
    };
  }

  private static List<WorkflowNet.Transition> enabled(WorkflowNet net, Marking marking) {
    return net.transitions.stream().filter(of -> net.enables(marking, of)).toList();
  }
}
