package io.synchronik.impl.net.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

class OrJoinPropertiesTest {
  private static final int MOST = 2_000;

  @Provide
  Arbitrary<WorkflowNet> nets() {
    return RandomNets.any(RandomNets.Kind.RESETS, RandomNets.Kind.OR_JOINS);
  }

  /** At every marking that a run comes to, whatever the or-joins have decided on the way. */
  @Property(tries = 20_000)
  void decidesAsAllThatCanHappenSays(@ForAll("nets") WorkflowNet net) {
    for (Marking marking : reachable(net, net.initial(), null, 40).orElseGet(Set::of)) {
      for (WorkflowNet.Transition join : net.transitions) {
        if (join.or) {
          compare(net, join, marking);
        }
      }
    }
  }

  private static void compare(WorkflowNet net, WorkflowNet.Transition join, Marking marking) {
    OrJoin.Answer found = OrJoin.decide(net, join, marking).answer();
    Optional<Boolean> goesOn = goesOn(net, join, marking);
    if (goesOn.isPresent() && found != OrJoin.Answer.UNDECIDED) {
      Statistics.collect(found);
      assertThat(found == OrJoin.Answer.GOES_ON)
          .as(net + " " + join.name + " at " + net.tokens(marking))
          .isEqualTo(goesOn.get());
    }
  }

  /** The definition, word by word; empty where too much can happen. */
  private static Optional<Boolean> goesOn(
      WorkflowNet net, WorkflowNet.Transition join, Marking marking) {
    int[] marked = marking.marked(join.inputs);
    if (marked.length == 0) {
      return Optional.of(false);
    }
    return reachable(net, marking, join, MOST)
        .map(
            all ->
                all.stream()
                    .noneMatch(
                        at ->
                            at.marksAll(marked) && at.marked(join.inputs).length > marked.length));
  }

  /** Returns all that can happen without a join; others go on with any input. */
  private static Optional<Set<Marking>> reachable(
      WorkflowNet net, Marking from, WorkflowNet.Transition without, int most) {
    Set<Marking> seen = new HashSet<>(Set.of(from));
    Deque<Marking> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      Marking at = open.remove();
      if (at.most() > 8 || seen.size() > most) {
        return Optional.empty();
      }
      for (WorkflowNet.Transition move : net.transitions) {
        if (move != without && move.or) {
          for (int input : at.marked(move.inputs)) {
            add(at.after(move, input), seen, open);
          }
        } else if (move != without && at.marksAll(move.inputs)) {
          add(at.after(move, move.inputs), seen, open);
        }
      }
    }
    return Optional.of(seen);
  }

  private static void add(Marking marking, Set<Marking> seen, Deque<Marking> open) {
    if (seen.add(marking)) {
      open.add(marking);
    }
  }
}
