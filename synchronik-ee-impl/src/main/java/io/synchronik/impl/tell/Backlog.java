package io.synchronik.impl.tell;

import io.synchronik.event.SynchronikEvent;
import io.synchronik.impl.exec.Strand;
import io.synchronik.impl.store.event.Place;
import io.synchronik.impl.store.event.UntoldStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one audience has not been told of one unit. In memory only as much as fits; beyond it there
 * is but a place, and what is behind that is read from the journal when its turn comes. Commits do
 * not come in the order of ids: what was open when others were read comes by its own commit. All is
 * guarded by whoever owns it.
 */
final class Backlog {
  /**
   * Whose it is.
   *
   * @param audience who is told
   * @param unit of which unit; empty for events of none
   */
  record Key(Audience audience, String unit) {}

  private record Reading(Page page, Set<String> open) {}

  private final Key key;
  private final MemoryBudget budget;
  private final Strand strand;
  private final Deque<Inherited> inherited = new ArrayDeque<>();
  private final Ahead ahead;
  private final List<SynchronikEvent> meanwhile = new ArrayList<>();
  private final Followings followings = new Followings();

  /** All up to here are told, ahead, or come by their commit. */
  private Place handled;

  /** Whether there is anything behind that place. */
  private boolean more;

  private @Nullable Reading reading;

  /**
   * Creates it.
   *
   * @param handled all of the unit up to here are told, or come by their commit
   * @param strands makes what tells it
   */
  Backlog(Key key, Place handled, MemoryBudget budget, Function<Backlog, Strand> strands) {
    this.key = key;
    this.handled = handled;
    this.budget = budget;
    this.ahead = new Ahead(budget);
    this.strand = strands.apply(this);
  }

  Place handled() {
    return handled;
  }

  Key key() {
    return key;
  }

  Strand strand() {
    return strand;
  }

  Followings followings() {
    return followings;
  }

  /** Takes an event of a transaction that has come true. */
  void offer(SynchronikEvent event) {
    followings.offered();
    Place place = Place.of(event.eventId());
    Reading present = reading;
    if (place.compareTo(handled) <= 0) {
      ahead.add(event);
    } else if (present != null && place.batch().compareTo(present.page.to()) <= 0) {
      meanwhile.add(event);
    } else if (present == null && !more && ahead.fits(event)) {
      ahead.add(event);
      handled = place;
    } else {
      if (handled.equals(Place.START)) {
        handled = place.before();
      }
      more = true;
    }
  }

  void inherit(UntoldStore.Rest rest) {
    inherited.add(new Inherited(rest, budget));
  }

  /** Returns what is told next; null when it has to be read, or there is nothing. */
  @Nullable SynchronikEvent next() {
    inherited.removeIf(Inherited::isOver);
    Inherited first = inherited.peek();
    return first == null ? ahead.next() : first.next();
  }

  boolean isEmpty() {
    return inherited.isEmpty() && ahead.isEmpty() && !more;
  }

  /** Returns what is to be read now that nothing is ahead. */
  Page page(OpenBatches open) {
    Inherited first = inherited.peek();
    if (first != null) {
      return first.page();
    }
    Page page = new Page(null, handled, open.last());
    reading = new Reading(page, open.all());
    more = false;
    return page;
  }

  /** What was to be read could not be. */
  void notRead() {
    if (reading != null) {
      reading = null;
      meanwhile.clear();
      more = true;
    }
  }

  /** Takes what was read. */
  void read(Page page, List<Found> found) {
    Reading present = reading;
    if (present == null || !present.page.equals(page)) {
      Inherited first = inherited.peek();
      if (first != null) {
        first.read(found);
      }
      return;
    }
    reading = null;
    if (isTaken(found, present.open) && found.size() < Page.LIMIT) {
      handled = Place.behind(page.to());
    } else {
      more = true;
    }
    for (SynchronikEvent event : meanwhile) {
      if (Place.of(event.eventId()).compareTo(handled) <= 0) {
        ahead.add(event);
      } else {
        more = true;
      }
    }
    meanwhile.clear();
  }

  private boolean isTaken(List<Found> found, Set<String> open) {
    for (Found one : found) {
      SynchronikEvent event = one.event();
      if (event != null && !open.contains(one.place().batch())) {
        if (!ahead.isEmpty() && !ahead.fits(event)) {
          return false;
        }
        ahead.add(event);
      }
      handled = one.place();
    }
    return true;
  }

  /** An event has been told; returns what follows it. */
  List<Runnable> told(SynchronikEvent event) {
    Inherited first = inherited.peek();
    if (first != null && first.told(event)) {
      return List.of();
    }
    return ahead.remove(event) ? followings.told() : List.of();
  }

  /** Returns the place up to which all of this node's present events are told; null: all are. */
  @Nullable Place toldTo() {
    Place first = ahead.before();
    boolean behind = more || reading != null;
    if (first == null) {
      return behind ? handled : null;
    }
    return behind && handled.compareTo(first) < 0 ? handled : first;
  }

  /** Returns what others have left that is not told. */
  List<UntoldStore.Rest> inherited() {
    return inherited.stream().filter(one -> !one.isOver()).map(Inherited::rest).toList();
  }

  void disinherit() {
    inherited.forEach(Inherited::clear);
    inherited.clear();
  }

  void clear() {
    disinherit();
    ahead.clear();
    meanwhile.clear();
    more = false;
  }
}
