package io.synchronik.impl.exec;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a lane has to work off: members that wait for their turn, and members put aside. */
final class LaneMembers<K> {
  /** Whoever holds what a member is about mostly lets go of it in a moment. */
  private static final long FIRST_HELD_MILLIS = 1;

  private static final long MOST_HELD_MILLIS = 160;
  private static final long FIRST_FAILED_MILLIS = 20;
  private static final long MOST_FAILED_MILLIS = 500;

  /** Why a member is aside. */
  enum Why {
    /** Somebody else holds what it is about. */
    HELD,
    /** Working it off failed, with others. */
    OUTAGE,
    /** It was not tried, as the database is away. */
    AWAY,
    /** Working it off failed, alone. */
    FAULT
  }

  /** Something to work off. */
  static final class Member<K> {
    private final K key;
    private final long sinceNanos = System.nanoTime();
    private @Nullable Why why;
    private boolean isAside;
    private boolean isLast;
    private long pauseMillis;
    private long againNanos;

    private Member(K key) {
      this.key = key;
    }

    K key() {
      return key;
    }

    /** Returns why it was put aside last, null when it never was. */
    @Nullable Why why() {
      return why;
    }

    private void pause(Why reason) {
      boolean held = reason == Why.HELD;
      long first = held ? FIRST_HELD_MILLIS : FIRST_FAILED_MILLIS;
      long most =
          held ? MOST_HELD_MILLIS : reason == Why.AWAY ? FIRST_FAILED_MILLIS : MOST_FAILED_MILLIS;
      pauseMillis = why == reason ? Math.min(2 * pauseMillis, most) : first;
      why = reason;
    }
  }

  private final int most;
  private final Map<K, Member<K>> known;
  private final Deque<Member<K>> ready = new ArrayDeque<>();
  private final PriorityQueue<Member<K>> aside =
      new PriorityQueue<>(Comparator.comparingLong(member -> member.againNanos));
  private List<Member<K>> inWork = List.of();
  private boolean open = true;

  /**
   * Creates them.
   *
   * @param known an empty map, which decides which members are the same
   * @param most as many wait at most; more are not taken
   */
  LaneMembers(Map<K, Member<K>> known, int most) {
    this.known = known;
    this.most = most;
  }

  /**
   * Adds a member unless it waits already. One that somebody held has its turn at once; returns
   * false when there is no room.
   */
  synchronized boolean offer(K key) {
    Member<K> member = known.get(key);
    if (member == null) {
      if (known.size() >= most) {
        return false;
      }
      member = new Member<>(key);
      known.put(key, member);
      ready.add(member);
      notifyAll();
    } else if (member.isAside && member.why == Why.HELD) {
      aside.remove(member);
      member.isAside = false;
      ready.add(member);
      notifyAll();
    }
    return true;
  }

  /**
   * Waits for members and takes at most so many: one that failed alone comes alone. Returns none
   * when the lane is closed and all is done.
   */
  synchronized List<Member<K>> take(int atMost) throws InterruptedException {
    inWork = List.of();
    while (true) {
      long wait = takeUp();
      if (!ready.isEmpty()) {
        return taken(atMost);
      }
      if (!open && aside.isEmpty()) {
        return List.of();
      }
      if (wait < 0) {
        wait();
      } else {
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(wait, 1_000_000));
      }
    }
  }

  /** Takes up what was aside long enough; returns nanoseconds until the next, negative for none. */
  private long takeUp() {
    long now = System.nanoTime();
    Member<K> next = aside.peek();
    while (next != null && (next.againNanos - now <= 0 || (!open && !next.isLast))) {
      aside.remove();
      next.isAside = false;
      next.isLast = !open;
      ready.add(next);
      next = aside.peek();
    }
    return next == null ? -1 : next.againNanos - now;
  }

  private List<Member<K>> taken(int atMost) {
    List<Member<K>> taken = new ArrayList<>();
    while (!ready.isEmpty() && taken.size() < atMost) {
      boolean alone = ready.element().why == Why.FAULT;
      if (alone && !taken.isEmpty()) {
        break;
      }
      Member<K> member = ready.remove();
      known.remove(member.key);
      taken.add(member);
      if (alone) {
        break;
      }
    }
    inWork = taken;
    return taken;
  }

  /** Puts members aside; returns how many are given up, as the lane is closed. */
  synchronized int putAside(Collection<Member<K>> members, Why why) {
    int left = 0;
    for (Member<K> member : members) {
      member.pause(why);
      Member<K> again = known.get(member.key);
      if (member.isLast) {
        left++;
      } else if (again != null) {
        again.why = why;
        again.pauseMillis = member.pauseMillis;
      } else {
        member.againNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(member.pauseMillis);
        member.isAside = true;
        known.put(member.key, member);
        aside.add(member);
      }
    }
    notifyAll();
    return left;
  }

  /** Puts members aside that somebody holds, also such as are not being worked off. */
  int putHeldAside(Collection<Member<K>> taken, Collection<K> held) {
    if (held.isEmpty()) {
      return 0;
    }
    Map<K, Member<K>> byKey = new HashMap<>();
    taken.forEach(member -> byKey.put(member.key, member));
    return putAside(
        held.stream().map(key -> byKey.computeIfAbsent(key, Member::new)).toList(), Why.HELD);
  }

  /** Tells whether a member is aside. */
  synchronized boolean isAside(K key) {
    Member<K> member = known.get(key);
    return member != null && member.isAside;
  }

  /** Returns what is aside. */
  synchronized List<K> aside() {
    return aside.stream().map(Member::key).toList();
  }

  /** Lets {@link #take} return none when all is done; what is aside has one more turn. */
  synchronized void close() {
    open = false;
    notifyAll();
  }

  /** Returns how many there are, and for how long the oldest is there. */
  synchronized Lane.Standing standing(String name) {
    List<Member<K>> working = inWork.stream().filter(member -> !member.isAside).toList();
    long now = System.nanoTime();
    long oldest =
        Stream.concat(known.values().stream(), working.stream())
            .mapToLong(member -> now - member.sinceNanos)
            .max()
            .orElse(0);
    return new Lane.Standing(
        name, known.size(), aside.size(), working.size(), Duration.ofNanos(oldest));
  }
}
