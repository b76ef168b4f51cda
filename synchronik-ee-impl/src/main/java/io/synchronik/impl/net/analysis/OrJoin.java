package io.synchronik.impl.net.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * When an or-join goes on: one of its inputs at least is marked, and nothing that can happen
 * without it marks another one while these stay marked. Other or-joins count as joins of any one
 * input then. After M.T. Wynn, D. Edmond, W.M.P. van der Aalst, A.H.M. ter Hofstede, <i>Achieving a
 * General, Formal and Decidable Approach to the OR-Join in Workflow Using Reset Nets</i>, 2005.
 *
 * <p>Searches markings depth first, of the part of the net alone that leads to the empty inputs; if
 * these are too many, backwards by {@link Coverability}.
 */
final class OrJoin {
  private static final int MOST_MARKINGS = 5_000;

  /** With more on one place there is no end of it. */
  private static final int MOST_TOKENS = 100;

  private final WorkflowNet net;
  private final WorkflowNet.Transition join;
  private final BitSet marked = new BitSet();
  private final BitSet empty = new BitSet();
  private final BitSet leading = new BitSet();
  private final List<WorkflowNet.Transition> moves = new ArrayList<>();
  private final Set<Marking> seen = new HashSet<>();
  private final Deque<Marking> open = new ArrayDeque<>();
  private int backwards;

  /** What is known. */
  enum Answer {
    GOES_ON,
    WAITS,
    /** The budget is used up. */
    UNDECIDED
  }

  /**
   * What came of it.
   *
   * @param markings that were looked at
   */
  record Decision(Answer answer, int markings) {
    boolean goesOn() {
      return answer == Answer.GOES_ON;
    }
  }

  private OrJoin(WorkflowNet net, WorkflowNet.Transition join, Marking marking) {
    this.net = net;
    this.join = join;
    for (int input : join.inputs) {
      (marking.at(input) > 0 ? marked : empty).set(input);
    }
  }

  static Decision decide(WorkflowNet net, WorkflowNet.Transition join, Marking marking) {
    OrJoin decided = new OrJoin(net, join, marking);
    Answer answer = decided.decide(marking);
    return new Decision(answer, decided.seen.size() + decided.backwards);
  }

  private Answer decide(Marking marking) {
    if (marked.isEmpty()) {
      return Answer.WAITS;
    }
    if (empty.isEmpty()) {
      return Answer.GOES_ON;
    }
    lead();
    reach(marking.of(leading, marked));
    while (!open.isEmpty()) {
      Marking at = open.removeLast();
      if (seen.size() > MOST_MARKINGS || at.most() > MOST_TOKENS) {
        return decideBackwards(marking.of(leading, marked));
      }
      if (at.marksAll(marked) && at.marksAny(empty)) {
        return Answer.WAITS;
      }
      moves.forEach(move -> move(at, move));
    }
    return Answer.GOES_ON;
  }

  /** Where too much can happen: from the markings that would let it wait. */
  private Answer decideBackwards(Marking from) {
    List<Coverability.Move> ways = new ArrayList<>();
    for (WorkflowNet.Transition move : moves) {
      BitSet inputs = WorkflowNet.bits(move.inputs);
      BitSet outputs = WorkflowNet.bits(move.outputs);
      BitSet resets = WorkflowNet.bits(move.resets);
      if (move.or) {
        inputs.stream()
            .forEach(
                input -> ways.add(new Coverability.Move(WorkflowNet.bits(input), outputs, resets)));
      } else {
        ways.add(new Coverability.Move(inputs, outputs, resets));
      }
    }
    Answer answer = Answer.GOES_ON;
    for (int input : join.inputs) {
      if (empty.get(input)) {
        BitSet wanted = (BitSet) marked.clone();
        wanted.set(input);
        Coverability.Covered covered =
            Coverability.covers(ways, from, Marking.on(from.size(), wanted));
        backwards += covered.markings();
        switch (covered.answer()) {
          case YES -> {
            return Answer.WAITS;
          }
          case UNDECIDED -> answer = Answer.UNDECIDED;
          case NO -> {}
        }
      }
    }
    return answer;
  }

  /** Finds the places and transitions from which something can come to empty inputs. */
  private void lead() {
    leading.or(empty);
    Set<WorkflowNet.Transition> left = new HashSet<>(net.transitions);
    left.remove(join);
    boolean more = true;
    while (more) {
      List<WorkflowNet.Transition> found =
          left.stream().filter(move -> WorkflowNet.bits(move.outputs).intersects(leading)).toList();
      found.forEach(move -> leading.or(WorkflowNet.bits(move.inputs)));
      more = left.removeAll(Set.copyOf(found));
    }
    net.transitions.stream()
        .filter(move -> move != join && WorkflowNet.bits(move.outputs).intersects(leading))
        .forEach(moves::add);
  }

  private void move(Marking at, WorkflowNet.Transition move) {
    if (!move.or) {
      if (at.marksAll(WorkflowNet.bits(move.inputs))) {
        reach(at.after(move, move.inputs).of(leading, marked));
      }
      return;
    }
    for (int input : move.inputs) {
      if (at.at(input) > 0) {
        reach(at.after(move, input).of(leading, marked));
      }
    }
  }

  private void reach(Marking marking) {
    if (seen.add(marking)) {
      open.addLast(marking);
    }
  }
}
