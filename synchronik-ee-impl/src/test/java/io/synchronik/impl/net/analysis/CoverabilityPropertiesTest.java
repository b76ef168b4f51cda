package io.synchronik.impl.net.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

class CoverabilityPropertiesTest {
  @Provide
  Arbitrary<WorkflowNet> nets() {
    return RandomNets.any(RandomNets.Kind.RESETS);
  }

  @Property(tries = 20_000)
  void tellsWhatCanBeReached(
      @ForAll("nets") WorkflowNet net,
      @ForAll @IntRange(max = 9) int one,
      @ForAll @IntRange(max = 9) int other) {
    BitSet places = WorkflowNet.bits(one % net.size(), other % net.size());
    Marking wanted = Marking.on(net.size(), places);
    List<Coverability.Move> moves =
        net.transitions.stream()
            .map(
                move ->
                    new Coverability.Move(
                        WorkflowNet.bits(move.inputs),
                        WorkflowNet.bits(move.outputs),
                        WorkflowNet.bits(move.resets)))
            .toList();

    Coverability.Answer found = Coverability.covers(moves, net.initial(), wanted).answer();

    reaches(net, wanted)
        .ifPresent(
            reached -> {
              Statistics.collect(found);
              assertThat(found)
                  .as(net.toString())
                  .isEqualTo(reached ? Coverability.Answer.YES : Coverability.Answer.NO);
            });
  }

  /** Returns whether it is reached; empty where there is too much to look at. */
  private static Optional<Boolean> reaches(WorkflowNet net, Marking wanted) {
    Set<Marking> seen = new HashSet<>(Set.of(net.initial()));
    Deque<Marking> open = new ArrayDeque<>(seen);
    boolean cut = false;
    while (!open.isEmpty()) {
      Marking at = open.remove();
      if (wanted.isAtMost(at)) {
        return Optional.of(true);
      }
      cut |= at.most() > 6;
      for (WorkflowNet.Transition move : net.transitions) {
        if (at.most() <= 6 && at.marksAll(move.inputs)) {
          Marking next = at.after(move, move.inputs);
          if (seen.add(next)) {
            open.add(next);
          }
        }
      }
      if (seen.size() > 2_000) {
        return Optional.empty();
      }
    }
    return cut ? Optional.empty() : Optional.of(false);
  }
}
