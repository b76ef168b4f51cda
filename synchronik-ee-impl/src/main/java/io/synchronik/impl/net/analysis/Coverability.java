package io.synchronik.impl.net.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a net can come to a marking with at least some tokens, however many markings it has:
 * backwards, by the least markings from which it can. After P.A. Abdulla, K. Čerāns, B. Jonsson,
 * Y.-K. Tsay, <i>General Decidability Theorems for Infinite-State Systems</i>, 1996; with resets as
 * in C. Dufourd and others, 1998.
 *
 * <p>Ends always, but the number of least markings has no useful bound: a budget ends it before.
 */
final class Coverability {
  private static final int MOST_ELEMENTS = 2_000;

  private final List<Move> moves;
  private final Marking from;
  private final List<Marking> least = new ArrayList<>();
  private final Deque<Marking> open = new ArrayDeque<>();
  private int elements;

  /** What is known. */
  enum Answer {
    YES,
    NO,
    /** The budget is used up. */
    UNDECIDED
  }

  /**
   * What came of it.
   *
   * @param markings that were looked at
   */
  record Covered(Answer answer, int markings) {}

  /** A way in which a transition can fire. */
  record Move(BitSet inputs, BitSet outputs, BitSet resets) {}

  private Coverability(List<Move> moves, Marking from) {
    this.moves = moves;
    this.from = from;
  }

  /**
   * Tells whether a marking that is at least the wanted one can be reached.
   *
   * @param moves what can happen
   * @param from where it begins
   */
  static Covered covers(List<Move> moves, Marking from, Marking wanted) {
    Coverability asked = new Coverability(moves, from);
    Answer answer = asked.covers(wanted);
    return new Covered(answer, asked.elements);
  }

  private Answer covers(Marking wanted) {
    if (add(wanted)) {
      return Answer.YES;
    }
    while (!open.isEmpty()) {
      Marking after = open.removeFirst();
      for (Move move : moves) {
        Marking before = before(after, move);
        if (before != null && add(before)) {
          return Answer.YES;
        }
      }
      if (elements > MOST_ELEMENTS) {
        return Answer.UNDECIDED;
      }
    }
    return Answer.NO;
  }

  /** Keeps a marking that is no more than others; tells whether it begins at or below it. */
  private boolean add(Marking marking) {
    if (least.stream().anyMatch(known -> known.isAtMost(marking))) {
      return false;
    }
    least.removeIf(marking::isAtMost);
    open.removeIf(marking::isAtMost);
    least.add(marking);
    open.addLast(marking);
    elements++;
    return marking.isAtMost(from);
  }

  /** Returns the least marking from which a move leads to one; null when none does. */
  private static @Nullable Marking before(Marking after, Move move) {
    byte[] before = new byte[after.size()];
    for (int place = 0; place < before.length; place++) {
      int given = move.outputs.get(place) ? 1 : 0;
      int taken = move.inputs.get(place) ? 1 : 0;
      if (move.resets.get(place)) {
        if (after.at(place) > given) {
          return null;
        }
        before[place] = (byte) taken;
      } else {
        before[place] = (byte) Math.min(taken + Math.max(0, after.at(place) - given), 100);
      }
    }
    return new Marking(before);
  }
}
