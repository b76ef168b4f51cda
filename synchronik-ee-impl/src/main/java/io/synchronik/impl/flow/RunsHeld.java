package io.synchronik.impl.flow;

import java.util.Set;

/** Somebody else holds parts of runs of processes, which can be decided when they are free. */
final class RunsHeld extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Set<String> runs;

  RunsHeld(Set<String> runs) {
    super("parts of runs are held by somebody else", null, false, false);
    this.runs = Set.copyOf(runs);
  }

  Set<String> runs() {
    return runs;
  }
}
