package io.synchronik.impl.net.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the markings of a net until something is wrong, or all are seen, or a budget is used
 * up. Each marking costs the transitions of the net and its places.
 */
final class Exploration {
  /** A place with more tokens is taken for one that takes ever more. */
  private static final int MOST_TOKENS = 8;

  private final WorkflowNet net;
  private final boolean deepFirst;
  private final int budget;
  private final @Nullable Flaw wanted;
  private final Map<Marking, Integer> known = new HashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final Deque<Integer> open = new ArrayDeque<>();
  private final List<int[]> moves = new ArrayList<>();
  private final BitSet fired = new BitSet();

  /** Markings with flaws that are not looked for. */
  private final BitSet flawed = new BitSet();

  private boolean safe = true;

  /** Markings that were looked at to decide about or-joins. */
  private int looked;

  /** How a marking was reached first. */
  private record Step(Marking marking, int from, int transition) {}

  /**
   * What came of it.
   *
   * @param flaw null when there is none, or it is not known
   * @param path transitions that lead to the flaw; of a dead one that one
   * @param complete whether all markings were seen
   */
  record Result(
      @Nullable Flaw flaw, List<Integer> path, boolean complete, boolean safe, int markings) {}

  private Exploration(WorkflowNet net, boolean deepFirst, int budget, @Nullable Flaw wanted) {
    this.net = net;
    this.deepFirst = deepFirst;
    this.budget = budget;
    this.wanted = wanted;
  }

  /** Looks for what is wrong, depth first: that finds most flaws after few markings. */
  static Result deep(WorkflowNet net, int budget) {
    return new Exploration(net, true, budget, null).run();
  }

  /** Looks for a short way to a flaw of a kind. */
  static Result shortest(WorkflowNet net, int budget, Flaw wanted) {
    return new Exploration(net, false, budget, wanted).run();
  }

  private Result run() {
    reach(net.initial(), -1, -1);
    while (!open.isEmpty()) {
      int at = deepFirst ? open.removeLast() : open.removeFirst();
      Flaw flaw = wrongWith(at);
      if (flaw != null && (wanted == null || wanted == flaw)) {
        return result(flaw, path(at), false);
      }
      if (flaw != null) {
        flawed.set(at);
      } else if (steps.size() + looked > budget) {
        return result(null, List.of(), false);
      }
    }
    return whole();
  }

  /** Looks at a marking, and where it leads. */
  private @Nullable Flaw wrongWith(int at) {
    Marking marking = steps.get(at).marking;
    int most = marking.most();
    safe &= most <= 1;
    if (most > MOST_TOKENS) {
      return Flaw.MANY_TOKENS;
    }
    if (net.isImproper(marking)) {
      return Flaw.IMPROPER;
    }
    boolean goesOn = false;
    for (int i = net.transitions.size() - 1; i >= 0; i--) {
      WorkflowNet.Transition transition = net.transitions.get(i);
      if (enables(marking, transition)) {
        goesOn = true;
        fired.set(i);
        moves.add(new int[] {at, reach(net.after(marking, transition), at, i)});
      }
    }
    return goesOn || net.isFinal(marking) ? null : Flaw.DEAD_END;
  }

  private boolean enables(Marking marking, WorkflowNet.Transition transition) {
    if (!transition.or) {
      return net.enables(marking, transition);
    }
    OrJoin.Decision decision = OrJoin.decide(net, transition, marking);
    looked += decision.markings();
    return decision.goesOn();
  }

  private int reach(Marking marking, int from, int transition) {
    Integer seen = known.putIfAbsent(marking, steps.size());
    if (seen != null) {
      return seen;
    }
    steps.add(new Step(marking, from, transition));
    open.addLast(steps.size() - 1);
    return steps.size() - 1;
  }

  /** All markings are seen, and each of them can go on or is a proper end. */
  private Result whole() {
    // What leads to another flaw has not come to where it goes on for ever
    int stuck = leading().nextClearBit(0);
    if (stuck < steps.size() && (wanted == null || wanted == Flaw.LIVELOCK)) {
      return result(Flaw.LIVELOCK, path(stuck), true);
    }
    int dead = fired.nextClearBit(0);
    return dead < net.transitions.size() && (wanted == null || wanted == Flaw.DEAD_TASK)
        ? result(Flaw.DEAD_TASK, List.of(dead), true)
        : result(null, List.of(), true);
  }

  /** Returns the markings from which a proper end can be reached, or a flaw that is not wanted. */
  private BitSet leading() {
    List<List<Integer>> before = new ArrayList<>();
    steps.forEach(step -> before.add(new ArrayList<>(2)));
    moves.forEach(move -> before.get(move[1]).add(move[0]));
    BitSet leading = new BitSet();
    Deque<Integer> next = new ArrayDeque<>();
    for (int i = 0; i < steps.size(); i++) {
      if (flawed.get(i) || net.isFinal(steps.get(i).marking)) {
        leading.set(i);
        next.add(i);
      }
    }
    while (!next.isEmpty()) {
      for (int from : before.get(next.removeLast())) {
        if (!leading.get(from)) {
          leading.set(from);
          next.add(from);
        }
      }
    }
    return leading;
  }

  private List<Integer> path(int to) {
    Deque<Integer> path = new ArrayDeque<>();
    for (Step step = steps.get(to); step.from >= 0; step = steps.get(step.from)) {
      path.addFirst(step.transition);
    }
    return List.copyOf(path);
  }

  private Result result(@Nullable Flaw flaw, List<Integer> path, boolean complete) {
    return new Result(flaw, path, complete, safe, steps.size() + looked);
  }
}
