package io.synchronik.impl.tell;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What follows the events of a unit that have come true so far, but not later than a moment after
 * them. Guarded by whoever owns it.
 */
final class Followings {
  private record Following(long behind, long sinceNanos, Runnable task) {}

  private final Map<String, Following> waiting = new LinkedHashMap<>();
  private long offered;
  private long told;

  void offered() {
    offered++;
  }

  /** One more has been told; returns what follows it. */
  List<Runnable> told() {
    told++;
    return taken(following -> following.behind <= told);
  }

  /** Adds something, unless it waits already. */
  void add(String key, Runnable task, long nanos) {
    waiting.putIfAbsent(key, new Following(offered, nanos, task));
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Returns all that waits, which does not wait any longer. */
  List<Runnable> takeAll() {
    return taken(following -> true);
  }

  /** Returns what waits since a time or longer. */
  List<Runnable> takeSince(long nanos) {
    return taken(following -> following.sinceNanos - nanos <= 0);
  }

  private interface Test {
    boolean isOver(Following following);
  }

  /** They are in their order. */
  private List<Runnable> taken(Test test) {
    List<Runnable> taken = new ArrayList<>();
    Iterator<Following> all = waiting.values().iterator();
    while (all.hasNext()) {
      Following next = all.next();
      if (!test.isOver(next)) {
        break;
      }
      taken.add(next.task);
      all.remove();
    }
    return taken;
  }
}
