package io.synchronik.impl.tell;

import io.synchronik.event.SynchronikEvent;
import io.synchronik.impl.exec.Strand;
import io.synchronik.impl.store.event.Place;
import io.synchronik.impl.store.event.UntoldStore;
import io.synchronik.unit.UnitId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What this node has to tell, by units and audiences. Under one lock that is held for moments. */
final class Untold {
  private final Function<Backlog, Strand> strands;
  private final Predicate<SynchronikEvent> observedLater;
  private final MemoryBudget budget;

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock
  private final OpenBatches open = new OpenBatches();
  private final Map<Backlog.Key, Backlog> backlogs = new HashMap<>();
  private String seen = "";

  /** The last place of all that is over. */
  private Place handled = Place.START;

  /**
   * Creates it.
   *
   * @param strands makes what tells a backlog
   * @param observedLater whether asynchronous observers ask for an event
   */
  Untold(
      Function<Backlog, Strand> strands,
      Predicate<SynchronikEvent> observedLater,
      MemoryBudget budget) {
    this.strands = strands;
    this.observedLater = observedLater;
    this.budget = budget;
  }

  /**
   * What comes next.
   *
   * @param event what is told
   * @param page what is read before; with neither there is nothing to tell
   * @param following what follows when there is nothing
   */
  record Next(@Nullable SynchronikEvent event, @Nullable Page page, List<Runnable> following) {}

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  private void locked(Runnable work) {
    lock.lock();
    try {
      work.run();
    } finally {
      lock.unlock();
    }
  }

  String begin(Supplier<String> nextId) {
    return locked(() -> open.begin(nextId));
  }

  void dropped(String batch) {
    locked(() -> open.end(batch));
  }

  /** Takes the events of a transaction that has come true. */
  void committed(String batch, List<SynchronikEvent> events) {
    List<Boolean> later = events.stream().map(observedLater::test).toList();
    locked(
        () -> {
          for (int i = 0; i < events.size(); i++) {
            SynchronikEvent event = events.get(i);
            offer(Audience.SYNC, event);
            if (later.get(i)) {
              offer(Audience.ASYNC, event);
            }
          }
          open.end(batch);
        });
  }

  private void offer(Audience audience, SynchronikEvent event) {
    Backlog backlog = backlog(new Backlog.Key(audience, unit(event)));
    backlog.offer(event);
    backlog.strand().wake();
  }

  private static String unit(SynchronikEvent event) {
    UnitId unit = event.origin().unit();
    return unit == null ? "" : unit.value();
  }

  private Backlog backlog(Backlog.Key key) {
    return backlogs.computeIfAbsent(key, made -> new Backlog(made, handled, budget, strands));
  }

  /** Returns what comes next in a backlog, which is over when there is nothing. */
  Next next(Backlog backlog) {
    return locked(
        () -> {
          SynchronikEvent event = backlog.next();
          if (event != null) {
            return new Next(event, null, List.of());
          }
          if (!backlog.isEmpty()) {
            return new Next(null, backlog.page(open), List.of());
          }
          if (backlogs.remove(backlog.key(), backlog)) {
            Place last = backlog.handled();
            handled = last.compareTo(handled) > 0 ? last : handled;
          }
          return new Next(null, null, backlog.followings().takeAll());
        });
  }

  /** Takes what was read; null when it could not be. */
  void read(Backlog backlog, Page page, @Nullable List<Found> found) {
    locked(
        () -> {
          if (found == null) {
            backlog.notRead();
          } else {
            backlog.read(page, found);
          }
        });
  }

  /** Notes that an event was told; returns what follows it. */
  List<Runnable> told(Backlog backlog, SynchronikEvent event) {
    return locked(() -> backlog.told(event));
  }

  /** Lets something follow the events of a unit so far; returns false when there are none. */
  boolean follow(String unit, String key, Runnable task) {
    return locked(
        () -> {
          Backlog backlog = backlogs.get(new Backlog.Key(Audience.SYNC, unit));
          if (backlog == null || backlog.isEmpty()) {
            return false;
          }
          backlog.followings().add(key, task, System.nanoTime());
          return true;
        });
  }

  /** Returns what has followed events for so long. */
  List<Runnable> followingSince(long nanos) {
    return locked(
        () ->
            backlogs.values().stream()
                .flatMap(backlog -> backlog.followings().takeSince(nanos).stream())
                .toList());
  }

  /** Tells whether anything follows events. */
  boolean isFollowed() {
    return locked(
        () -> backlogs.values().stream().anyMatch(backlog -> !backlog.followings().isEmpty()));
  }

  void inherit(List<UntoldStore.Rest> rests) {
    locked(
        () -> {
          for (UntoldStore.Rest rest : rests) {
            UntoldStore.Kind kind = rest.kind();
            Backlog backlog = backlog(new Backlog.Key(Audience.of(kind.audience()), kind.unit()));
            backlog.inherit(rest);
            backlog.strand().wake();
          }
        });
  }

  void disinherit() {
    locked(() -> backlogs.values().forEach(Backlog::disinherit));
  }

  /** Forgets all; what was in a turn is told to its end. */
  void clear() {
    locked(
        () -> {
          backlogs.values().forEach(Backlog::clear);
          backlogs.clear();
        });
  }

  /**
   * Returns how far this node has told.
   *
   * @param incarnation under which it writes
   * @param exactly for each unit apart; else only for those that are behind for a while
   */
  Standing standing(String incarnation, boolean exactly) {
    return locked(
        () -> {
          String ended = open.endedTo();
          String to = ended;
          List<UntoldStore.Rest> left = new ArrayList<>();
          for (Backlog backlog : backlogs.values()) {
            left.addAll(backlog.inherited());
            Place told = earlier(backlog.toldTo(), Place.behind(ended));
            if (told != null && (exactly || told.batch().compareTo(seen) < 0)) {
              Backlog.Key key = backlog.key();
              left.add(
                  new UntoldStore.Rest(
                      new UntoldStore.Kind(incarnation, key.audience().code(), key.unit()), told));
            } else if (told != null) {
              String before = Standing.justBefore(told.batch());
              to = before.compareTo(to) < 0 ? before : to;
            }
          }
          seen = open.last();
          return new Standing(to, left);
        });
  }

  /** What is still open comes before what is told already. */
  private static @Nullable Place earlier(@Nullable Place told, Place ended) {
    return told != null && ended.compareTo(told) < 0 ? ended : told;
  }

  /** Returns how many bytes of events are in memory, about. */
  long inMemory() {
    return locked(budget::used);
  }
}
