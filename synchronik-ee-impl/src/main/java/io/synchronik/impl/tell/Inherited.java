package io.synchronik.impl.tell;

import io.synchronik.event.SynchronikEvent;
import io.synchronik.impl.store.event.Place;
import io.synchronik.impl.store.event.UntoldStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events of one unit that another node, or this one in an earlier life, has written and not told:
 * read from the journal, as nobody adds to them.
 */
final class Inherited {
  private final UntoldStore.Kind kind;
  private final Ahead ahead;
  private Place told;
  private Place read;
  private boolean all;

  Inherited(UntoldStore.Rest rest, MemoryBudget budget) {
    this.kind = rest.kind();
    this.told = rest.told();
    this.read = rest.told();
    this.ahead = new Ahead(budget);
  }

  boolean isOver() {
    return all && ahead.isEmpty();
  }

  @Nullable SynchronikEvent next() {
    return ahead.next();
  }

  Page page() {
    return new Page(kind.incarnation(), read, Page.END);
  }

  void read(List<Found> found) {
    boolean cut = false;
    for (Found one : found) {
      SynchronikEvent event = one.event();
      if (event != null) {
        cut = !ahead.isEmpty() && !ahead.fits(event);
        if (cut) {
          break;
        }
        ahead.add(event);
      }
      read = one.place();
    }
    all = !cut && found.size() < Page.LIMIT;
  }

  boolean told(SynchronikEvent event) {
    boolean known = ahead.remove(event);
    if (known) {
      told = Place.of(event.eventId());
    }
    return known;
  }

  UntoldStore.Rest rest() {
    return new UntoldStore.Rest(kind, told);
  }

  void clear() {
    ahead.clear();
  }
}
