package io.synchronik.impl.tx;

import io.synchronik.impl.store.jdbc.DatabaseAway;
import io.synchronik.impl.store.jdbc.StoreException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of a node's own threads to the database. While that is away, one of them goes through now
 * and then, as a try, and the others wait; as soon as anybody has reached the database all go on.
 */
final class Gate {
  static final Duration BETWEEN_TRIES = Duration.ofMillis(250);

  /** A thread may hold what others wait for, so none stays here for longer. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /**
   * A pool may hand out so many connections in a row that have ended unnoticed: these say nothing
   * of the database, and the next try follows at once.
   */
  static final int MOST_DEAD = 100;

  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile @Nullable Throwable why;

  /** Counts openings and closings. */
  private final AtomicLong round = new AtomicLong();

  private volatile boolean waiting;

  // Guarded by the lock
  private long nextTry;
  private int dead;

  Gate(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Lets threads wait from now on, or not any more: those that do go on. */
  void waiting(boolean value) {
    lock.lock();
    try {
      waiting = value;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isWaiting() {
    return waiting;
  }

  boolean isClosed() {
    return why != null;
  }

  /**
   * Enters, on a thread of the engine after it has waited for its turn.
   *
   * @return what this try is a part of, for {@link #failed}
   * @throws DatabaseAway if the database is not back in time, or the thread is interrupted
   */
  long enter() {
    if (why != null && waiting && EngineThread.isCurrent()) {
      await();
    }
    return round.get();
  }

  private void await() {
    lock.lock();
    try {
      long deadline = nanos.getAsLong() + PATIENCE.toNanos();
      long wait = nanosToWait();
      while (wait > 0) {
        long left = deadline - nanos.getAsLong();
        Throwable away = why;
        if (left <= 0 && away != null) {
          throw new DatabaseAway(away);
        }
        changed.awaitNanos(Math.min(wait, Math.max(left, 1)));
        wait = nanosToWait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Throwable away = why;
      throw new DatabaseAway(away == null ? e : away);
    } finally {
      lock.unlock();
    }
  }

  /** Takes a turn when there is one: 0 then, else how long it is until there may be one. */
  long nanosToWait() {
    lock.lock();
    try {
      if (why == null || !waiting) {
        return 0;
      }
      long now = nanos.getAsLong();
      if (now - nextTry < 0) {
        return nextTry - now;
      }
      nextTry = now + BETWEEN_TRIES.toNanos();
      return 0;
    } finally {
      lock.unlock();
    }
  }

  /**
   * A transaction has failed, maybe as it did not reach the database.
   *
   * @param entered what {@link #enter} returned; what began before the last opening or closing
   *     tells nothing of now
   */
  void failed(long entered, Throwable reason) {
    if (entered != round.get() || !StoreException.isUnreachable(reason)) {
      return;
    }
    lock.lock();
    try {
      if (entered != round.get()) {
        return;
      }
      boolean lost = !StoreException.isWithoutConnection(reason);
      long now = nanos.getAsLong();
      if (why == null) {
        why = reason;
        round.incrementAndGet();
        dead = 0;
        nextTry = lost ? now : now + BETWEEN_TRIES.toNanos();
      } else if (lost && dead < MOST_DEAD) {
        dead++;
        nextTry = now;
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * A transaction has reached the database.
   *
   * @param entered what {@link #enter} returned
   */
  void reached(long entered) {
    if (why == null) {
      return;
    }
    lock.lock();
    try {
      if (why != null && entered == round.get()) {
        why = null;
        round.incrementAndGet();
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }
}
