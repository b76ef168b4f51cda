package io.synchronik.impl.tell;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Batches of this node's events between their beginning and the end of their transaction. */
final class OpenBatches {
  private final TreeSet<String> open = new TreeSet<>();
  private String last = "";

  /** Begins the batch of a transaction. */
  String begin(Supplier<String> nextId) {
    String id = nextId.get();
    open.add(id);
    last = id;
    return id;
  }

  /** The transaction has come true, or not. */
  void end(String batch) {
    open.remove(batch);
  }

  /** Returns the last that has begun; empty before the first. */
  String last() {
    return last;
  }

  /** Returns those that are open. */
  Set<String> all() {
    return Set.copyOf(open);
  }

  /** Returns up to which batch all have ended. */
  String endedTo() {
    return open.isEmpty() ? last : Standing.justBefore(open.first());
  }
}
