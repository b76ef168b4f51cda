package io.synchronik.impl.net.plan;

import java.util.List;

/**
 * One thing that is wrong with a process.
 *
 * @param kind what kind of error
 * @param workers the ids that it is about: for a dependency the parent and the worker, for a cycle
 *     the whole way, beginning and ending with the same
 */
public record NetError(Kind kind, List<String> workers) {
  public NetError {
    workers = List.copyOf(workers);
  }

  /** What can be wrong. */
  public enum Kind {
    /** The process has no workers. */
    EMPTY("it has no workers"),
    /** A worker is there more than once. */
    DUPLICATE_WORKER("worker '%s' is there more than once"),
    /** No unit has the id of a worker. */
    UNKNOWN_WORKER("there is no worker '%s'"),
    /** A worker depends on an id that no unit has. */
    UNKNOWN_DEPENDENCY("worker '%2$s' depends on '%1$s', which does not exist"),
    /** A worker depends on one that is not part of the process. */
    FOREIGN_DEPENDENCY("worker '%2$s' depends on '%1$s', which is not part of the process"),
    /** A worker depends on another one more than once. */
    DUPLICATE_DEPENDENCY("worker '%2$s' depends on '%1$s' more than once"),
    /** A worker depends on itself. */
    SELF_DEPENDENCY("worker '%s' depends on itself"),
    /** Workers wait for one another. */
    CYCLE("workers wait for one another: %s");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /** Returns what is wrong, in words. */
  public String text() {
    return kind == Kind.CYCLE
        ? kind.text.formatted(String.join(" → ", workers))
        : kind.text.formatted(workers.toArray());
  }
}
