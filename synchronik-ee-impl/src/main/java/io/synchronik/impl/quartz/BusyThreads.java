package io.synchronik.impl.quartz;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The threads of Quartz that are in a task, which the scheduler itself cannot interrupt. */
final class BusyThreads {
  private static final Logger LOG = System.getLogger(BusyThreads.class.getName());

  private static final int INTERRUPTS = 20;

  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by the lock. */
  private final Set<Thread> busy = new HashSet<>();

  private boolean open = true;
  private final Condition left = lock.newCondition();

  /** Returns an executor that notes what thread is busy. */
  Executor during(Executor context) {
    return task -> {
      if (enter()) {
        try {
          context.execute(task);
        } finally {
          leave();
        }
      }
    };
  }

  private boolean enter() {
    lock.lock();
    try {
      return open && busy.add(Thread.currentThread());
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      busy.remove(Thread.currentThread());
      left.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets no thread begin, waits until none is busy, and interrupts those that are when half the
   * time is over. Returns whether all have left.
   */
  boolean end(Duration atMost) {
    lock.lock();
    try {
      open = false;
      long nanos = atMost.toNanos() / 2;
      boolean ended = await(nanos);
      for (int i = 0; i < INTERRUPTS && !ended; i++) {
        // Again and again: the next follower may block like the one before
        busy.forEach(Thread::interrupt);
        ended = await(nanos / INTERRUPTS);
      }
      if (!ended) {
        LOG.log(Level.WARNING, "{0} timer(s) ignore their interrupt", busy.size());
      }
      return ended;
    } catch (InterruptedException e) {
      busy.forEach(Thread::interrupt);
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private boolean await(long atMostNanos) throws InterruptedException {
    long nanos = atMostNanos;
    while (!busy.isEmpty() && nanos > 0) {
      nanos = left.awaitNanos(nanos);
    }
    return busy.isEmpty();
  }
}
