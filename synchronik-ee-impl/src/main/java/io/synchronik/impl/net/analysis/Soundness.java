package io.synchronik.impl.net.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Decides whether each run of a net can always come to a proper end, and whether everything in it
 * can happen: <i>soundness</i> after W.M.P. van der Aalst and others, <i>Soundness of Workflow
 * Nets</i>, 2011. Undecidable with resets, and of no bounded cost without: what is not decided
 * within a budget is told as unknown.
 */
public final class Soundness {
  private static final int MOST_MARKINGS = 50_000;
  private static final int MOST_FOR_SHORT = 20_000;

  private Soundness() {}

  /** Returns the verdict about a net, with a short trace to what is wrong. */
  public static Verdict of(WorkflowNet net) {
    Reduction.Reduced reduced = Reduction.of(net);
    if (reduced.isDone()) {
      return new Verdict.Sound(true);
    }
    Exploration.Result found = Exploration.deep(reduced.net(), MOST_MARKINGS);
    Flaw flaw = found.flaw();
    if (flaw != null) {
      return unsound(net, flaw, reduced.whole(found.path()));
    }
    return found.complete()
        ? new Verdict.Sound(found.safe())
        : new Verdict.Unknown(found.markings(), reduced.net().transitions.size());
  }

  private static Verdict unsound(WorkflowNet net, Flaw found, List<Integer> known) {
    if (found == Flaw.DEAD_TASK) {
      return new Verdict.Unsound(found, names(net, known), Map.of());
    }
    Exploration.Result shorter = Exploration.shortest(net, MOST_FOR_SHORT, found);
    if (shorter.flaw() != null) {
      return unsound(net, found, shorter);
    }
    // Where the reduced net is dead, the whole one can have left what moves without an effect
    if (found == Flaw.DEAD_END && net.isAlive(net.after(known))) {
      Exploration.Result circling = Exploration.shortest(net, MOST_FOR_SHORT, Flaw.LIVELOCK);
      return circling.flaw() == null
          ? new Verdict.Unsound(Flaw.LIVELOCK, names(net, known), net.tokens(net.after(known)))
          : unsound(net, Flaw.LIVELOCK, circling);
    }
    return new Verdict.Unsound(found, names(net, known), net.tokens(net.after(known)));
  }

  private static Verdict unsound(WorkflowNet net, Flaw flaw, Exploration.Result by) {
    return new Verdict.Unsound(flaw, names(net, by.path()), net.tokens(net.after(by.path())));
  }

  private static List<String> names(WorkflowNet net, List<Integer> path) {
    List<String> names = new ArrayList<>();
    path.forEach(transition -> names.add(net.transitions.get(transition).name));
    return names;
  }
}
