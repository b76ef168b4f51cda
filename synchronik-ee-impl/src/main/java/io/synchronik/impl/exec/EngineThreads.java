package io.synchronik.impl.exec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The plugin's own threads: a fixed, bounded set, inside the context captured at start, ended at
 * stop.
 */
public final class EngineThreads {
  private final Executor context;
  private final String suffix;
  private final List<Thread> threads = new ArrayList<>();
  private final ScheduledThreadPoolExecutor timer;
  private final ThreadPoolExecutor subTasks;

  public EngineThreads(Executor context, String application, int workers) {
    this.context = context;
    this.suffix = " " + application;
    this.timer = new ScheduledThreadPoolExecutor(1, task -> daemon("timer", task));
    this.timer.setRemoveOnCancelPolicy(true);
    this.timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.subTasks =
        new ThreadPoolExecutor(
            workers,
            workers,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> daemon("sub-task", task));
    this.subTasks.allowCoreThreadTimeOut(true);
  }

  /** Starts a thread whose body ends by itself when its owner stops. */
  public synchronized void start(String name, Runnable body) {
    Thread thread = daemon(name, body);
    threads.add(thread);
    thread.start();
  }

  private Thread daemon(String name, Runnable body) {
    Thread thread = new Thread(() -> context.execute(body), "synchronik-" + name + suffix);
    thread.setDaemon(true);
    return thread;
  }

  /** A signal that is to come; cancelled when it is no longer wanted. */
  @FunctionalInterface
  public interface Alarm {
    /** Takes it back; without effect when it has come. */
    void cancel();
  }

  /**
   * Gives a short signal at a later time; never work.
   *
   * @throws RejectedExecutionException when the engine stops
   */
  public Alarm later(long millis, Runnable signal) {
    ScheduledFuture<?> coming = timer.schedule(signal, millis, TimeUnit.MILLISECONDS);
    return () -> coming.cancel(false);
  }

  /** Sub-tasks of workers; queued when all its threads are busy. */
  public Executor subTasks() {
    return subTasks;
  }

  /** Ends what is left and waits for it; returns whether all threads have ended. */
  public synchronized boolean end(Duration atMost) {
    timer.shutdownNow();
    subTasks.shutdownNow();
    long deadline = System.nanoTime() + atMost.toNanos();
    boolean ended = true;
    try {
      for (Thread thread : threads) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        thread.join(Math.max(1, left));
        ended &= !thread.isAlive();
      }
      long left = Math.max(1, deadline - System.nanoTime());
      ended &= timer.awaitTermination(left, TimeUnit.NANOSECONDS);
      ended &= subTasks.awaitTermination(left, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ended = false;
    }
    threads.clear();
    return ended;
  }
}
