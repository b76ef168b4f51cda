package io.synchronik.impl.time;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Units whose schedules are due and not fired yet, in the order in which this was told. */
final class DueUnits {
  static final Duration MOST_HELD_BACK = Duration.ofSeconds(1);

  private final Map<String, Long> sinceNanos = new LinkedHashMap<>();

  void add(String unit) {
    sinceNanos.putIfAbsent(unit, System.nanoTime());
  }

  void remove(String unit) {
    sinceNanos.remove(unit);
  }

  void clear() {
    sinceNanos.clear();
  }

  boolean isEmpty() {
    return sinceNanos.isEmpty();
  }

  List<String> oldestFirst() {
    return List.copyOf(sinceNanos.keySet());
  }

  /** Returns how many are to be fired although no thread is free. */
  int heldBackTooLong() {
    long now = System.nanoTime();
    return (int)
        sinceNanos.values().stream()
            .filter(since -> now - since >= MOST_HELD_BACK.toNanos())
            .count();
  }
}
