package io.synchronik.impl.store.event;

import io.synchronik.impl.store.jpa.EventKey;
import java.util.Comparator;

/**
 * A place among the events of one node: behind all up to one of them.
 *
 * @param batch of that event; empty before all
 * @param n which of its batch it is; -1 before the first
 */
public record Place(String batch, int n) implements Comparable<Place> {
  /** Before all events. */
  public static final Place START = new Place("", -1);

  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::batch).thenComparingInt(Place::n);

  /** Returns the place of an event by its id. */
  public static Place of(String eventId) {
    return new Place(EventKey.batch(eventId), EventKey.n(eventId));
  }

  /** Returns the place behind all events of a batch. */
  public static Place behind(String batch) {
    return new Place(batch, Integer.MAX_VALUE);
  }

  /** Returns the place just before the event that is at this one. */
  public Place before() {
    return new Place(batch, n - 1);
  }

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }
}
