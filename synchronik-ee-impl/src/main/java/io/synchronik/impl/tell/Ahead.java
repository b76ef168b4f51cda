package io.synchronik.impl.tell;

import io.synchronik.event.SynchronikEvent;
import io.synchronik.impl.store.event.Place;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The next events that one unit's audience is told, in memory. */
final class Ahead {
  private record Held(SynchronikEvent event, long bytes) {}

  private final MemoryBudget budget;
  private final Deque<Held> held = new ArrayDeque<>();
  private long bytes;

  Ahead(MemoryBudget budget) {
    this.budget = budget;
  }

  boolean fits(SynchronikEvent event) {
    return budget.fits(bytes, MemoryBudget.of(event));
  }

  void add(SynchronikEvent event) {
    Held more = new Held(event, MemoryBudget.of(event));
    held.add(more);
    bytes += more.bytes;
    budget.take(more.bytes);
  }

  boolean isEmpty() {
    return held.isEmpty();
  }

  @Nullable SynchronikEvent next() {
    Held next = held.peek();
    return next == null ? null : next.event;
  }

  /** Removes the next one when it is this. */
  boolean remove(SynchronikEvent event) {
    Held next = held.peek();
    if (next == null || next.event != event) {
      return false;
    }
    held.remove();
    bytes -= next.bytes;
    budget.giveBack(next.bytes);
    return true;
  }

  void clear() {
    held.clear();
    budget.giveBack(bytes);
    bytes = 0;
  }

  /** Returns the place just before the first of them, in the order of their ids. */
  @Nullable Place before() {
    return held.stream()
        .map(one -> Place.of(one.event.eventId()))
        .min(Place::compareTo)
        .map(Place::before)
        .orElse(null);
  }
}
