package io.synchronik.impl.quartz;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.quartz.spi.ThreadPool;

/**
 * The threads that do what is due. Those of Quartz look every half second whether they are to end,
 * and each stop waits for that.
 */
final class TimerThreads implements ThreadPool {
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(5);

  private final int size;
  private final ExecutorService threads;
  private final List<Thread> made = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock
  private int free;
  private boolean open = true;

  /**
   * Creates them; each begins when it is needed for the first time.
   *
   * @param name begins their names
   * @param size how many
   */
  TimerThreads(String name, int size) {
    this.size = size;
    this.free = size;
    this.threads =
        Executors.newFixedThreadPool(
            size,
            task -> {
              Thread thread = new Thread(task, name + "-" + (made.size() + 1));
              thread.setDaemon(true);
              made.add(thread);
              return thread;
            });
  }

  @Override
  public boolean runInThread(Runnable task) {
    take();
    try {
      threads.execute(
          () -> {
            try {
              task.run();
            } finally {
              giveBack();
            }
          });
      return true;
    } catch (RejectedExecutionException e) {
      giveBack();
      return false;
    }
  }

  private void take() {
    lock.lock();
    try {
      free--;
    } finally {
      lock.unlock();
    }
  }

  private void giveBack() {
    lock.lock();
    try {
      free++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many are free, as soon as one is; 0 at the end. */
  @Override
  public int blockForAvailableThreads() {
    lock.lock();
    try {
      while (free < 1 && open) {
        changed.awaitUninterruptibly();
      }
      return Math.max(0, free);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void shutdown(boolean waitForJobsToComplete) {
    lock.lock();
    try {
      open = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    threads.shutdown();
    if (waitForJobsToComplete) {
      awaitEnd(System.nanoTime() + ENDS_WITHIN.toNanos());
    }
  }

  private void awaitEnd(long deadline) {
    try {
      for (Thread thread : made) {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public int getPoolSize() {
    return size;
  }

  @Override
  public void initialize() {}

  @Override
  public void setInstanceId(String id) {}

  @Override
  public void setInstanceName(String name) {}
}
