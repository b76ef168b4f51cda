package io.synchronik.impl.exec;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * The plugin's own threads: a fixed, bounded set, inside the context captured at start, ended at
 * stop.
 */
public final class EngineThreads {
  private static final Logger LOG = System.getLogger(EngineThreads.class.getName());
  private static final int MOST_FRAMES = 6;
  private static final Duration BETWEEN_INTERRUPTS = Duration.ofMillis(50);
  private static final long AGAIN_AFTER_MILLIS = 1000;

  private final Executor context;
  private final String suffix;
  private final List<Thread> threads = new ArrayList<>();
  private final List<Lane<?>> lanes = new CopyOnWriteArrayList<>();
  private final ScheduledThreadPoolExecutor timer;
  private final ThreadPoolExecutor subTasks;
  private volatile boolean ended;

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

  /** Starts the thread of a lane, which ends when the lane is closed. */
  public void start(String name, Lane<?> lane) {
    lanes.add(lane);
    start(name, lane::work);
  }

  /** Returns how the lanes stand that were started here, in the order of their start. */
  public List<Lane.Standing> standings() {
    return lanes.stream().<Lane.Standing>map(Lane::standing).toList();
  }

  private Thread daemon(String name, Runnable body) {
    Thread thread = new Thread(() -> inContext(name, body), "synchronik-" + name + suffix);
    thread.setDaemon(true);
    return thread;
  }

  /** A context that cannot be entered now is tried again: nobody else does what this is for. */
  private void inContext(String name, Runnable body) {
    AtomicBoolean entered = new AtomicBoolean();
    Runnable inside =
        () -> {
          entered.set(true);
          body.run();
        };
    for (Level level = Level.WARNING; !ended; level = Level.DEBUG) {
      try {
        context.execute(inside);
        return;
      } catch (RuntimeException | Error e) {
        if (entered.get()) {
          throw e;
        }
        LOG.log(level, "The thread of " + name + " does not enter its context; tried again", e);
      }
      if (!paused()) {
        return;
      }
    }
  }

  private static boolean paused() {
    try {
      TimeUnit.MILLISECONDS.sleep(AGAIN_AFTER_MILLIS);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
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

  /**
   * Waits for threads that end by themselves now, and interrupts those that do not; what ignores
   * that is named in the log.
   */
  public synchronized void end(Duration atMost) {
    ended = true;
    timer.shutdownNow();
    subTasks.shutdownNow();
    long deadline = System.nanoTime() + atMost.toNanos();
    boolean all = joinAll(System.nanoTime() + atMost.toNanos() / 2);
    while (!all && System.nanoTime() - deadline < 0) {
      // Again and again: the next piece of code in a queue may block like the one before
      threads.forEach(Thread::interrupt);
      all = joinAll(System.nanoTime() + BETWEEN_INTERRUPTS.toNanos());
    }
    threads.stream().filter(Thread::isAlive).forEach(EngineThreads::report);
    threads.clear();
    lanes.clear();
  }

  private boolean joinAll(long deadline) {
    boolean all = true;
    try {
      for (Thread thread : threads) {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        all &= !thread.isAlive();
      }
      all &= timer.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      all &= subTasks.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      all = false;
    }
    return all;
  }

  /** Names a thread that ignores its interrupt, and where it is. */
  static void report(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    if (stack.length > 0) {
      LOG.log(
          Level.WARNING,
          "{0} ignores its interrupt and keeps the application in memory; it is in {1}",
          thread.getName(),
          Arrays.stream(stack)
              .limit(MOST_FRAMES)
              .map(StackTraceElement::toString)
              .collect(Collectors.joining(", called from ")));
    }
  }
}
