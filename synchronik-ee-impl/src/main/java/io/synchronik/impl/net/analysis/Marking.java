package io.synchronik.impl.net.analysis;

import java.util.Arrays;

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

  /** Returns the most tokens that lie on one place. */
  int most() {
    int most = 0;
    for (byte token : tokens) {
      most = Math.max(most, token);
    }
    return most;
  }

  boolean enables(WorkflowNet.Transition transition) {
    for (int place : transition.inputs) {
      if (tokens[place] == 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns what is marked when an enabled transition has fired. */
  Marking after(WorkflowNet.Transition transition) {
    byte[] after = tokens.clone();
    for (int place : transition.inputs) {
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
