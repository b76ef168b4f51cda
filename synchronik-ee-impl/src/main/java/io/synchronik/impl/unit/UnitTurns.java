package io.synchronik.impl.unit;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The order in which this node's own transactions come to units: each waits for the end of those
 * before it, which the database would only let it try for again and again. They are short; one that
 * is not holds up nobody here for longer than a moment.
 */
final class UnitTurns {
  /** In the order in which they came. */
  private final Set<Turn> turns = new LinkedHashSet<>();

  private final long mostNanos;

  /** What one transaction asks for at once. */
  static final class Turn {
    private final Object owner;
    private final Set<String> units;
    private final long cameNanos = System.nanoTime();

    /** When nobody before it was waited for any more, 0 until then. */
    private long begunNanos;

    private Turn(Object owner, Collection<String> units) {
      this.owner = owner;
      this.units = new HashSet<>(units);
    }
  }

  UnitTurns(long mostMillis) {
    mostNanos = TimeUnit.MILLISECONDS.toNanos(mostMillis);
  }

  /** Waits for the end of all who came before for some of these units. */
  synchronized Turn await(Object owner, Collection<String> units) {
    Turn turn = new Turn(owner, units);
    turns.add(turn);
    try {
      long wait = nanosToWait(turn);
      while (wait > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(wait, 1_000_000));
        wait = nanosToWait(turn);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    turn.begunNanos = System.nanoTime();
    return turn;
  }

  private long nanosToWait(Turn turn) {
    long now = System.nanoTime();
    long wait = 0;
    Iterator<Turn> before = turns.iterator();
    for (Turn other = before.next(); other != turn; other = before.next()) {
      if (other.begunNanos != 0 && now - other.begunNanos >= mostNanos) {
        before.remove();
      } else if (other.owner != turn.owner && !Collections.disjoint(other.units, turn.units)) {
        long since = other.begunNanos == 0 ? now : other.begunNanos;
        wait = Math.max(wait, mostNanos - (now - since));
      }
    }
    return Math.min(wait, mostNanos - (now - turn.cameNanos));
  }

  /** Lets others have those units that the transaction did not come to hold. */
  synchronized void keep(Turn turn, Collection<String> held) {
    if (turn.units.retainAll(held)) {
      notifyAll();
    }
  }

  /** A transaction has ended. */
  synchronized void over(Object owner) {
    turns.removeIf(turn -> turn.owner == owner);
    notifyAll();
  }
}
