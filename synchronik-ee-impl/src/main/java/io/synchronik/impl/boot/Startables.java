package io.synchronik.impl.boot;

import io.synchronik.impl.store.jdbc.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Starts parts in their order and stops in reverse those that were started. Each stop is a step in
 * its own guard, on a thread of its own: one that fails, or waits for what never comes, holds up
 * nothing but itself.
 */
final class Startables {
  private static final Logger LOG = System.getLogger(Startables.class.getName());
  private static final Duration LEAST = Duration.ofMillis(200);
  private static final Duration BETWEEN_INTERRUPTS = Duration.ofMillis(20);
  private static final int INTERRUPTS = 15;

  private final String application;
  private final Executor context;
  private final Deque<Startable> started = new ArrayDeque<>();

  /**
   * Prepares the parts.
   *
   * @param application names the threads
   * @param context runs something on the calling thread inside the application's context
   */
  Startables(String application, Executor context) {
    this.application = application;
    this.context = context;
  }

  /**
   * Starts some, in their order, after those that were started before; when one cannot be started,
   * all are stopped again.
   */
  void start(List<Startable> parts, Duration stopWithin) {
    boolean done = false;
    try {
      for (Startable part : parts) {
        started.push(part);
        part.start().run();
      }
      done = true;
    } finally {
      if (!done) {
        stop(stopWithin);
      }
    }
  }

  /** Stops what was started, within a time and a little. */
  void stop(Duration within) {
    long deadline = System.nanoTime() + within.toNanos();
    while (!started.isEmpty()) {
      Startable part = started.pop();
      Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      Duration most = left.compareTo(part.most()) < 0 ? left : part.most();
      stop(part, most.compareTo(LEAST) < 0 ? LEAST : most);
    }
  }

  private void stop(Startable part, Duration within) {
    Thread thread =
        new Thread(
            () -> context.execute(() -> stopNow(part, within)), "synchronik-stop " + application);
    thread.setDaemon(true);
    thread.start();
    boolean interrupted = !join(thread, within.plus(LEAST));
    if (thread.isAlive()) {
      LOG.log(Level.WARNING, "The stop does not wait any longer to {0}", part.name());
      for (int i = 0; i < INTERRUPTS && thread.isAlive(); i++) {
        thread.interrupt();
        interrupted |= !join(thread, BETWEEN_INTERRUPTS);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void stopNow(Startable part, Duration within) {
    try {
      part.stop().accept(within);
    } catch (RuntimeException | Error e) {
      String text = "At the stop it was not possible to " + part.name();
      if (StoreException.isUnreachable(e)) {
        LOG.log(Level.WARNING, text + ": " + StoreException.reason(e));
        LOG.log(Level.DEBUG, text, e);
      } else {
        LOG.log(Level.WARNING, text, e);
      }
    }
  }

  /** Waits for a thread's end; whoever interrupts this wait wants the stop to go on faster. */
  private static boolean join(Thread thread, Duration atMost) {
    try {
      thread.join(atMost.toMillis());
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
