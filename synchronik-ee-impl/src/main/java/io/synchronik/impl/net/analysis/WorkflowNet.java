package io.synchronik.impl.net.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Petri net that begins with one token on a start place. Transitions take one token from each
 * input, empty the places that they reset, and give one to each output. Immutable.
 *
 * <p>Workflow nets: W.M.P. van der Aalst, <i>The Application of Petri Nets to Workflow
 * Management</i>, 1998. Resets: C. Dufourd, A. Finkel, Ph. Schnoebelen, <i>Reset Nets between
 * Decidability and Undecidability</i>, 1998.
 */
public final class WorkflowNet {
  final List<String> places;
  final List<Transition> transitions;
  final int start;

  /** Where it ends, and whether it does so only when all tokens lie there. */
  final BitSet ends;

  final boolean implicit;

  WorkflowNet(Builder from, int start, Collection<Integer> ends, boolean implicit) {
    places = List.copyOf(from.places);
    transitions = List.copyOf(from.transitions);
    this.start = start;
    this.ends = new BitSet();
    ends.forEach(this.ends::set);
    this.implicit = implicit;
  }

  /** What moves tokens; each place at most once among its inputs, outputs and resets. */
  static final class Transition {
    final String name;

    /** Whether it takes from those inputs that are marked when no more can come. */
    final boolean or;

    final int[] inputs;
    final int[] outputs;
    final int[] resets;

    Transition(String name, boolean or, BitSet inputs, BitSet outputs, BitSet resets) {
      this.name = name;
      this.or = or;
      this.inputs = inputs.stream().toArray();
      this.outputs = outputs.stream().toArray();
      this.resets = resets.stream().toArray();
    }
  }

  /** Returns a net without anything. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns how many places there are. */
  public int size() {
    return places.size();
  }

  /** Puts a net together. */
  public static final class Builder {
    private final List<String> places = new ArrayList<>();
    private final Map<String, Integer> index = new HashMap<>();
    private final List<Transition> transitions = new ArrayList<>();

    private Builder() {}

    /** Returns the number of a place, which is added when it is new. */
    public int place(String name) {
      return index.computeIfAbsent(
          name,
          added -> {
            places.add(added);
            return places.size() - 1;
          });
    }

    /** Adds a transition between places that are added when they are new. */
    public Builder transition(String name, Collection<String> inputs, Collection<String> outputs) {
      return transition(name, inputs, outputs, List.of());
    }

    /** Adds a transition that empties some places between taking its tokens and giving some. */
    public Builder transition(
        String name,
        Collection<String> inputs,
        Collection<String> outputs,
        Collection<String> resets) {
      transitions.add(new Transition(name, false, bits(inputs), bits(outputs), bits(resets)));
      return this;
    }

    /** Adds an or-join: it takes a token from each marked input as soon as no other can come. */
    public Builder orJoin(String name, Collection<String> inputs, Collection<String> outputs) {
      transitions.add(new Transition(name, true, bits(inputs), bits(outputs), new BitSet()));
      return this;
    }

    void add(Transition transition) {
      transitions.add(transition);
    }

    private BitSet bits(Collection<String> names) {
      BitSet bits = new BitSet();
      names.forEach(name -> bits.set(place(name)));
      return bits;
    }

    /** Returns a net that ends with the one token that is left, on its end. */
    public WorkflowNet build(String start, String end) {
      return new WorkflowNet(this, place(start), List.of(place(end)), false);
    }

    /** Returns a net that ends when all tokens lie on ends. */
    public WorkflowNet build(String start, Collection<String> ends) {
      return new WorkflowNet(this, place(start), ends.stream().map(this::place).toList(), true);
    }
  }

  /** Returns the marking from which runs begin. */
  Marking initial() {
    byte[] tokens = new byte[places.size()];
    tokens[start] = 1;
    return new Marking(tokens);
  }

  /** Returns what is marked when some transitions have fired from the start. */
  Marking after(List<Integer> path) {
    Marking marking = initial();
    for (int transition : path) {
      marking = after(marking, transitions.get(transition));
    }
    return marking;
  }

  /** Tells whether something can go on. */
  boolean isAlive(Marking marking) {
    return transitions.stream().anyMatch(of -> enables(marking, of));
  }

  /** Tells whether a transition can fire; an or-join that is not decided cannot. */
  boolean enables(Marking marking, Transition of) {
    return of.or ? OrJoin.decide(this, of, marking).goesOn() : marking.marksAll(of.inputs);
  }

  /** Returns what is marked when an enabled transition has fired. */
  Marking after(Marking marking, Transition of) {
    return marking.after(of, of.or ? marking.marked(of.inputs) : of.inputs);
  }

  static BitSet bits(int... places) {
    BitSet bits = new BitSet();
    for (int place : places) {
      bits.set(place);
    }
    return bits;
  }

  /** Tells whether a run has come to a proper end. */
  boolean isFinal(Marking marking) {
    int tokens = 0;
    for (int place = 0; place < places.size(); place++) {
      if (marking.at(place) > 0 && !ends.get(place)) {
        return false;
      }
      tokens += marking.at(place);
    }
    return implicit ? tokens > 0 : tokens == 1;
  }

  /** Tells whether a run has come to its end, and something is left over. */
  boolean isImproper(Marking marking) {
    return !implicit && marking.at(ends.nextSetBit(0)) > 0 && !isFinal(marking);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Transition of : transitions) {
      text.append(of.name).append(of.or ? ": any of " : ": ").append(names(of.inputs));
      text.append(" to ");
      text.append(names(of.outputs)).append(", empties ").append(names(of.resets)).append("; ");
    }
    return text.toString();
  }

  private List<String> names(int[] some) {
    return Arrays.stream(some).mapToObj(places::get).toList();
  }

  /** Returns how many tokens lie on which places. */
  Map<String, Integer> tokens(Marking marking) {
    Map<String, Integer> tokens = new TreeMap<>();
    for (int place = 0; place < places.size(); place++) {
      if (marking.at(place) > 0) {
        tokens.put(places.get(place), marking.at(place));
      }
    }
    return tokens;
  }
}
