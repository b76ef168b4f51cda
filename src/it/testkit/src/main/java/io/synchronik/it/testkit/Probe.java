package io.synchronik.it.testkit;

import io.synchronik.SynchronikManager;
import io.synchronik.event.JournalEntry;
import io.synchronik.event.SynchronikEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Records what it is told, and lets tests wait for it. Safe for use by several threads.
 *
 * @param <T> what it is told
 */
public final class Probe<T> implements Consumer<T> {
  /**
   * How long is waited when nothing else is said: longer than anything takes on a machine that is
   * busy with other things. Only what fails takes so long.
   */
  public static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition told = lock.newCondition();
  private final List<T> seen = new ArrayList<>();
  private int next;

  /** Returns a probe that is subscribed to the events that a node announces. */
  public static Probe<SynchronikEvent> events(SynchronikManager manager) {
    Probe<SynchronikEvent> probe = new Probe<>();
    manager.subscribeToEvents(probe);
    return probe;
  }

  /** Returns a probe that follows the journal of all nodes from now on. */
  public static Probe<JournalEntry> journal(SynchronikManager manager) {
    Probe<JournalEntry> probe = new Probe<>();
    manager.followJournal(manager.journalPosition(), probe);
    return probe;
  }

  /** Records something. */
  @Override
  public void accept(T value) {
    lock.lock();
    try {
      seen.add(value);
      told.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns all that was recorded so far. */
  public List<T> seen() {
    lock.lock();
    try {
      return List.copyOf(seen);
    } finally {
      lock.unlock();
    }
  }

  /** Returns what was recorded so far and fits. */
  public List<T> seen(Predicate<? super T> fits) {
    return seen().stream().filter(fits).toList();
  }

  /** Waits as {@link #awaitNext(Predicate, Duration)} does, for the usual time. */
  public T awaitNext(Predicate<? super T> fits) {
    return awaitNext(fits, PATIENCE);
  }

  /** Waits as {@link #awaitNext(Predicate, Duration)} does, for one of a type. */
  public <S extends T> S awaitNext(Class<S> type, Predicate<? super S> fits) {
    return type.cast(
        awaitNext(value -> type.isInstance(value) && fits.test(type.cast(value)), PATIENCE));
  }

  /**
   * Waits for the first that fits behind the one that the last call returned, recorded before or
   * during the wait.
   *
   * @param fits called under the probe's lock
   * @param timeout how long
   * @return it
   * @throws AssertionError listing what was recorded, if none comes in time
   */
  public T awaitNext(Predicate<? super T> fits, Duration timeout) {
    lock.lock();
    try {
      int looked = next;
      long deadline = System.nanoTime() + timeout.toNanos();
      while (true) {
        for (; looked < seen.size(); looked++) {
          if (fits.test(seen.get(looked))) {
            next = looked + 1;
            return seen.get(looked);
          }
        }
        awaitMoreThan(looked, deadline, timeout);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until at least so many that fit have been recorded in all.
   *
   * @param count how many
   * @param fits called under the probe's lock
   * @param timeout how long
   * @return those recorded by then
   * @throws AssertionError listing what was recorded, if they do not come in time
   */
  public List<T> awaitCount(int count, Predicate<? super T> fits, Duration timeout) {
    lock.lock();
    try {
      long deadline = System.nanoTime() + timeout.toNanos();
      List<T> fitting = new ArrayList<>();
      int looked = 0;
      while (true) {
        for (; looked < seen.size(); looked++) {
          if (fits.test(seen.get(looked))) {
            fitting.add(seen.get(looked));
          }
        }
        if (fitting.size() >= count) {
          return fitting;
        }
        awaitMoreThan(looked, deadline, timeout);
      }
    } finally {
      lock.unlock();
    }
  }

  private void awaitMoreThan(int known, long deadline, Duration timeout) {
    try {
      while (seen.size() == known) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new AssertionError("Not within " + timeout + "; seen: " + seen);
        }
        told.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted; seen: " + seen, e);
    }
  }
}
