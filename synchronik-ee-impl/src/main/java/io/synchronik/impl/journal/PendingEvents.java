package io.synchronik.impl.journal;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Batches of this node's events between their beginning and the announcement of all of them. */
final class PendingEvents {
  private static final class Open {
    private final String predecessor;
    private int toAnnounce;

    Open(String predecessor) {
      this.predecessor = predecessor;
    }
  }

  private final Map<String, Open> batches = new TreeMap<>();
  private String last = "";

  /** Begins the batch of a transaction. */
  synchronized String begin(Supplier<String> nextId) {
    String id = nextId.get();
    batches.put(id, new Open(last));
    last = id;
    return id;
  }

  /** The transaction has committed so many events. */
  synchronized void committed(String batch, int events) {
    Open open = batches.get(batch);
    if (open != null) {
      open.toAnnounce = events;
    }
  }

  /** One of a batch's events is announced. */
  synchronized void announced(String batch) {
    Open open = batches.get(batch);
    if (open != null && --open.toAnnounce == 0) {
      batches.remove(batch);
    }
  }

  /** The transaction has not come true. */
  synchronized void drop(String batch) {
    batches.remove(batch);
  }

  /** Returns the latest id up to which none is open; empty when there is none yet. */
  synchronized String floor() {
    return batches.values().stream().findFirst().map(open -> open.predecessor).orElse(last);
  }
}
