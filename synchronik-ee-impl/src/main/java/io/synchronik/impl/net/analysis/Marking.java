package io.synchronik.impl.net.analysis;

import java.util.Arrays;
import java.util.BitSet;

/** How many tokens lie on each place. Immutable. */
final class Marking {
  private final byte[] tokens;
  private final int hash;

  /** Creates it from tokens that nobody changes any more. */
  Marking(byte[] tokens) {
    this.tokens = tokens;
    this.hash = Arrays.hashCode(tokens);
  }

  int at(int place) {
    return tokens[place];
  }

  int size() {
    return tokens.length;
  }

  /** Tells whether there are no more tokens on any place than in another one. */
  boolean isAtMost(Marking other) {
    for (int place = 0; place < tokens.length; place++) {
      if (tokens[place] > other.tokens[place]) {
        return false;
      }
    }
    return true;
  }

  /** Returns the marking with one token on each of some places. */
  static Marking on(int size, BitSet places) {
    byte[] tokens = new byte[size];
    places.stream().forEach(place -> tokens[place] = 1);
    return new Marking(tokens);
  }

  /** Returns the most tokens that lie on one place. */
  int most() {
    int most = 0;
    for (byte token : tokens) {
      most = Math.max(most, token);
    }
    return most;
  }

  boolean marksAll(int... places) {
    for (int place : places) {
      if (tokens[place] == 0) {
        return false;
      }
    }
    return true;
  }

  boolean marksAll(BitSet places) {
    return places.stream().allMatch(place -> tokens[place] > 0);
  }

  boolean marksAny(BitSet places) {
    return places.stream().anyMatch(place -> tokens[place] > 0);
  }

  /** Returns those of some places that are marked. */
  int[] marked(int... places) {
    return Arrays.stream(places).filter(place -> tokens[place] > 0).toArray();
  }

  /** Returns what lies on some places, as if the others were empty. */
  Marking of(BitSet some, BitSet others) {
    byte[] of = new byte[tokens.length];
    for (int place = 0; place < of.length; place++) {
      of[place] = some.get(place) || others.get(place) ? tokens[place] : 0;
    }
    return new Marking(of);
  }

  /**
   * Returns what is marked when a transition has fired.
   *
   * @param taken the inputs that it takes from, all marked
   */
  Marking after(WorkflowNet.Transition transition, int... taken) {
    byte[] after = tokens.clone();
    for (int place : taken) {
      after[place]--;
    }
    for (int place : transition.resets) {
      after[place] = 0;
    }
    for (int place : transition.outputs) {
      after[place]++;
    }
    return new Marking(after);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Marking marking
        && hash == marking.hash
        && Arrays.equals(tokens, marking.tokens);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
