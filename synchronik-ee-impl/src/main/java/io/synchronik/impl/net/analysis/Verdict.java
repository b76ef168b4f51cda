package io.synchronik.impl.net.analysis;

import java.util.List;
import java.util.Map;

/** Whether each run of a net can always come to a proper end. */
public sealed interface Verdict {
  /**
   * It can, and everything in the net can happen.
   *
   * @param safe whether there is never more than one token on a place, as far as that was looked at
   */
  record Sound(boolean safe) implements Verdict {}

  /**
   * It cannot.
   *
   * @param flaw what is wrong
   * @param trace transitions that lead there from the start, in order; of a dead task the task
   *     alone
   * @param left the tokens that lie there then, by place
   */
  record Unsound(Flaw flaw, List<String> trace, Map<String, Integer> left) implements Verdict {
    public Unsound {
      trace = List.copyOf(trace);
      left = Map.copyOf(left);
    }
  }

  /**
   * Not known: the budget is used up.
   *
   * @param markings that were looked at
   * @param transitions that were left when nothing could be reduced any more
   */
  record Unknown(int markings, int transitions) implements Verdict {}
}
