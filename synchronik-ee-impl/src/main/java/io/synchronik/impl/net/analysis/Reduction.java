package io.synchronik.impl.net.analysis;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes a net smaller without changing whether it is sound, by rules in the manner of T. Murata,
 * <i>Petri Nets: Properties, Analysis and Applications</i>, 1989, with conditions that keep ends,
 * dead transitions and choices. What resets places, or is reset, stays as it is, and so do or-joins
 * with their inputs.
 *
 * <p>Each pass costs about the arcs of the net; each but the last leaves less of it.
 */
final class Reduction {
  private final WorkflowNet net;
  private final Set<Move> moves = new LinkedHashSet<>();
  private final List<Set<Move>> producers = new ArrayList<>();
  private final List<Set<Move>> consumers = new ArrayList<>();

  /** What is reset, and inputs of or-joins. */
  private final BitSet held = new BitSet();

  /** Places that stay: the start, the ends, and what is held. */
  private final BitSet kept = new BitSet();

  /** A transition, and those of the net that it stands for, in order. */
  private static final class Move {
    final List<Integer> origin;
    final boolean or;
    final BitSet inputs;
    final BitSet outputs;
    final BitSet resets;

    Move(List<Integer> origin, boolean or, BitSet inputs, BitSet outputs, BitSet resets) {
      this.origin = origin;
      this.or = or;
      this.inputs = inputs;
      this.outputs = outputs;
      this.resets = resets;
    }

    /** Whether it stays as it is. */
    boolean stays() {
      return or || !resets.isEmpty();
    }
  }

  /**
   * What is left.
   *
   * @param net a smaller net with the same verdict
   * @param origins of each of its transitions those of the whole net that it stands for, in order
   */
  record Reduced(WorkflowNet net, List<List<Integer>> origins) {
    /** Returns the transitions of the whole net that a path of the smaller one stands for. */
    List<Integer> whole(List<Integer> path) {
      List<Integer> whole = new ArrayList<>();
      path.forEach(transition -> whole.addAll(origins.get(transition)));
      return whole;
    }

    /** Tells whether nothing is left to look at: one step from the start to the end. */
    boolean isDone() {
      if (net.transitions.size() != 1 || net.implicit) {
        return false;
      }
      WorkflowNet.Transition only = net.transitions.get(0);
      return only.resets.length == 0
          && !only.or
          && only.inputs.length == 1
          && only.inputs[0] == net.start
          && only.outputs.length == 1
          && net.ends.get(only.outputs[0]);
    }
  }

  private Reduction(WorkflowNet net) {
    this.net = net;
    for (int place = 0; place < net.size(); place++) {
      producers.add(new LinkedHashSet<>());
      consumers.add(new LinkedHashSet<>());
    }
    kept.set(net.start);
    kept.or(net.ends);
    for (int i = 0; i < net.transitions.size(); i++) {
      WorkflowNet.Transition of = net.transitions.get(i);
      add(
          new Move(
              List.of(i),
              of.or,
              WorkflowNet.bits(of.inputs),
              WorkflowNet.bits(of.outputs),
              WorkflowNet.bits(of.resets)));
      held.or(WorkflowNet.bits(of.resets));
      if (of.or) {
        held.or(WorkflowNet.bits(of.inputs));
      }
    }
    kept.or(held);
  }

  static Reduced of(WorkflowNet net) {
    Reduction reduction = new Reduction(net);
    boolean moved = true;
    while (moved) {
      moved = reduction.dropTwins();
      moved |= reduction.dropTwinPlaces();
      moved |= reduction.dropLoops();
      moved |= reduction.joinPlaces();
      moved |= reduction.joinTransitions();
    }
    return reduction.result();
  }

  /** Of transitions that do the same one is enough. */
  private boolean dropTwins() {
    Map<List<BitSet>, Move> seen = new HashMap<>();
    boolean dropped = false;
    for (Move move : List.copyOf(moves)) {
      if (!move.stays() && seen.putIfAbsent(List.of(move.inputs, move.outputs), move) != null) {
        remove(move);
        dropped = true;
      }
    }
    return dropped;
  }

  /** Of places that are marked and taken from at the same times one is enough. */
  private boolean dropTwinPlaces() {
    Map<List<Set<Move>>, Integer> seen = new HashMap<>();
    boolean dropped = false;
    for (int place = 0; place < net.size(); place++) {
      Set<Move> from = producers.get(place);
      Set<Move> to = consumers.get(place);
      if (!kept.get(place)
          && !(from.isEmpty() && to.isEmpty())
          && seen.putIfAbsent(List.of(new HashSet<>(from), new HashSet<>(to)), place) != null) {
        drop(place);
        dropped = true;
      }
    }
    return dropped;
  }

  private void drop(int place) {
    List.copyOf(producers.get(place))
        .forEach(move -> replace(move, move.origin, move.inputs, without(move.outputs, place)));
    List.copyOf(consumers.get(place))
        .forEach(move -> replace(move, move.origin, without(move.inputs, place), move.outputs));
  }

  /** What changes nothing can go where something else needs the same tokens: it is not dead. */
  private boolean dropLoops() {
    boolean dropped = false;
    for (Move move : List.copyOf(moves)) {
      if (!move.stays()
          && !move.inputs.isEmpty()
          && move.inputs.equals(move.outputs)
          && consumers.get(move.inputs.nextSetBit(0)).stream()
              .anyMatch(
                  other -> other != move && !other.or && contains(other.inputs, move.inputs))) {
        remove(move);
        dropped = true;
      }
    }
    return dropped;
  }

  /** A transition between two places that does nothing but pass a token on. */
  private boolean joinPlaces() {
    boolean joined = false;
    for (Move move : List.copyOf(moves)) {
      if (moves.contains(move)
          && !move.stays()
          && move.inputs.cardinality() == 1
          && move.outputs.cardinality() == 1) {
        joined |= joinPlaces(move, move.inputs.nextSetBit(0), move.outputs.nextSetBit(0));
      }
    }
    return joined;
  }

  private boolean joinPlaces(Move move, int before, int after) {
    if (before == after || held.get(before) || held.get(after)) {
      return false;
    }
    boolean forward =
        consumers.get(before).size() == 1
            && before != net.start
            && !net.ends.get(before)
            // What never happens must not vanish
            && !producers.get(before).isEmpty()
            && producers.get(before).stream().noneMatch(other -> other.outputs.get(after));
    if (forward) {
      remove(move);
      for (Move from : List.copyOf(producers.get(before))) {
        BitSet outputs = without(from.outputs, before);
        outputs.set(after);
        replace(from, joined(from.origin, move.origin), from.inputs, outputs);
      }
      return true;
    }
    boolean backward =
        consumers.get(before).size() == 1
            && producers.get(after).size() == 1
            && !net.ends.get(after)
            && !net.ends.get(before)
            && after != net.start
            && !consumers.get(after).isEmpty()
            && consumers.get(after).stream().noneMatch(other -> other.inputs.get(before));
    if (backward) {
      remove(move);
      for (Move to : List.copyOf(consumers.get(after))) {
        BitSet inputs = without(to.inputs, after);
        inputs.set(before);
        replace(to, joined(move.origin, to.origin), inputs, to.outputs);
      }
    }
    return backward;
  }

  /** Two transitions of which the second can always follow the first at once. */
  private boolean joinTransitions() {
    boolean joined = false;
    for (int place = 0; place < net.size(); place++) {
      if (!kept.get(place)
          && producers.get(place).size() == 1
          && consumers.get(place).size() == 1) {
        Move first = producers.get(place).iterator().next();
        Move second = consumers.get(place).iterator().next();
        if (first != second && isUntouched(first) && isUntouched(second)) {
          joined |= joinTransitions(first, second, place);
        }
      }
    }
    return joined;
  }

  private boolean joinTransitions(Move first, Move second, int place) {
    BitSet needed = without(second.inputs, place);
    BitSet given = without(first.outputs, place);
    boolean follows = needed.isEmpty() && !second.outputs.isEmpty();
    boolean waits =
        given.isEmpty()
            && !first.inputs.get(net.start)
            && !first.inputs.intersects(net.ends)
            && first.inputs.stream().allMatch(input -> consumers.get(input).size() == 1);
    if (!(follows || waits)
        || first.inputs.intersects(needed)
        || given.intersects(second.outputs)) {
      return false;
    }
    needed.or(first.inputs);
    given.or(second.outputs);
    remove(first);
    remove(second);
    add(new Move(joined(first.origin, second.origin), false, needed, given, new BitSet()));
    return true;
  }

  /** Neither resets anything nor has a place that is held. */
  private boolean isUntouched(Move move) {
    return !move.stays() && !move.inputs.intersects(held) && !move.outputs.intersects(held);
  }

  private void add(Move move) {
    moves.add(move);
    move.inputs.stream().forEach(place -> consumers.get(place).add(move));
    move.outputs.stream().forEach(place -> producers.get(place).add(move));
  }

  private void remove(Move move) {
    moves.remove(move);
    move.inputs.stream().forEach(place -> consumers.get(place).remove(move));
    move.outputs.stream().forEach(place -> producers.get(place).remove(move));
  }

  private void replace(Move move, List<Integer> origin, BitSet inputs, BitSet outputs) {
    remove(move);
    add(new Move(origin, move.or, inputs, outputs, move.resets));
  }

  private Reduced result() {
    WorkflowNet.Builder smaller = WorkflowNet.builder();
    net.places.forEach(smaller::place);
    List<List<Integer>> origins = new ArrayList<>();
    for (Move move : moves) {
      String name = net.transitions.get(move.origin.get(0)).name;
      smaller.add(
          new WorkflowNet.Transition(name, move.or, move.inputs, move.outputs, move.resets));
      origins.add(move.origin);
    }
    List<Integer> ends = net.ends.stream().boxed().toList();
    return new Reduced(new WorkflowNet(smaller, net.start, ends, net.implicit), origins);
  }

  private static BitSet without(BitSet places, int place) {
    BitSet rest = (BitSet) places.clone();
    rest.clear(place);
    return rest;
  }

  private static boolean contains(BitSet whole, BitSet part) {
    BitSet rest = (BitSet) part.clone();
    rest.andNot(whole);
    return rest.isEmpty();
  }

  private static List<Integer> joined(List<Integer> first, List<Integer> second) {
    List<Integer> both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }
}
