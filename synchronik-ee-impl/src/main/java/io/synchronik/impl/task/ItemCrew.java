package io.synchronik.impl.task;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The threads that work on one list of items: gives each its next item, and stops them all when one
 * of them, or the thread that waits for them, is told to stop.
 */
final class ItemCrew {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition left = lock.newCondition();
  private final Set<Thread> helpers = new HashSet<>();
  private final Thread caller = Thread.currentThread();
  private final int items;
  private int next;
  private boolean stopped;

  ItemCrew(int items) {
    this.items = items;
  }

  /** Adds the current thread as a helper. */
  void join() {
    lock.lock();
    try {
      helpers.add(Thread.currentThread());
    } finally {
      lock.unlock();
    }
  }

  /** Takes the current thread out again; its pool gets it back without an interrupt of ours. */
  void leave() {
    lock.lock();
    try {
      helpers.remove(Thread.currentThread());
      Thread.interrupted();
      left.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns the index of the current thread's next item; negative when there is none for it. */
  int take() {
    lock.lock();
    try {
      return goesOn() && next < items ? next++ : -1;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the current thread may begin another attempt. */
  boolean goesOn() {
    lock.lock();
    try {
      if (Thread.currentThread() == caller) {
        if (caller.isInterrupted()) {
          stop();
        }
      } else if (!stopped) {
        // Not ours, as ours come with stopped: an earlier item left it behind.
        Thread.interrupted();
      }
      return !stopped;
    } finally {
      lock.unlock();
    }
  }

  /** Lets nobody begin anything more, and interrupts the helpers. */
  void stop() {
    lock.lock();
    try {
      if (!stopped) {
        stopped = true;
        helpers.forEach(Thread::interrupt);
        left.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until all items are done, or, after a stop, until those in progress have ended, however
   * long they take. An interrupt is a stop, and is kept.
   */
  void await() {
    boolean interrupted = false;
    lock.lock();
    try {
      while (!helpers.isEmpty() || (!stopped && next < items)) {
        try {
          left.await();
        } catch (InterruptedException e) {
          interrupted = true;
          stop();
        }
      }
    } finally {
      lock.unlock();
      if (interrupted) {
        caller.interrupt();
      }
    }
  }
}
