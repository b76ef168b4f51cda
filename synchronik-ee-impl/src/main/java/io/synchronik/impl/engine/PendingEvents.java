package io.synchronik.impl.engine;

import java.util.TreeMap;
import java.util.function.Supplier;

/** Ids of this node's events between their creation and their announcement. */
final class PendingEvents {
  private final TreeMap<String, String> openWithPredecessor = new TreeMap<>();
  private String last = "";

  synchronized String begin(Supplier<String> nextId) {
    String id = nextId.get();
    openWithPredecessor.put(id, last);
    last = id;
    return id;
  }

  synchronized void end(String id) {
    openWithPredecessor.remove(id);
  }

  /** Returns the latest id up to which none is open; empty when there is none yet. */
  synchronized String floor() {
    return openWithPredecessor.isEmpty() ? last : openWithPredecessor.firstEntry().getValue();
  }
}
