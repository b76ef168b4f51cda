package io.synchronik.impl.engine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A queue and the one thread that works it off in batches. A batch that fails is handed over again
 * as long as the handler throws, soon at first and then less often: handlers drop what can never
 * succeed.
 */
final class Lane<T> {
  private static final Logger LOG = System.getLogger(Lane.class.getName());
  private static final long FIRST_RETRY_MILLIS = 20;
  private static final long MOST_RETRY_MILLIS = 500;

  private final String name;
  private final int batch;
  private final Consumer<List<T>> handler;

  /** Empty ones wake the thread at the close. */
  private final BlockingQueue<Optional<T>> queue = new LinkedBlockingQueue<>();

  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean open = true;

  Lane(String name, int batch, Consumer<List<T>> handler) {
    this.name = name;
    this.batch = batch;
    this.handler = handler;
  }

  void offer(T item) {
    queue.add(Optional.of(item));
  }

  /** The body of the lane's thread. */
  void work() {
    try {
      while (open || !queue.isEmpty()) {
        List<T> items = next();
        if (!items.isEmpty()) {
          handle(items);
        }
      }
    } finally {
      ended.countDown();
    }
  }

  private List<T> next() {
    List<Optional<T>> taken = new ArrayList<>();
    try {
      taken.add(queue.take());
      queue.drainTo(taken, batch - 1);
    } catch (InterruptedException e) {
      open = false;
    }
    return taken.stream().flatMap(Optional::stream).toList();
  }

  private void handle(List<T> items) {
    int failures = 0;
    long pause = FIRST_RETRY_MILLIS;
    while (true) {
      try {
        handler.accept(items);
        return;
      } catch (RuntimeException | Error e) {
        failures++;
        LOG.log(
            failures == 1 ? Level.WARNING : Level.DEBUG,
            () -> name + " failed and is tried again: " + e,
            e);
        if (!pause(pause)) {
          LOG.log(Level.WARNING, "{0} gave up at the stop: {1} left", name, items.size());
          return;
        }
        pause = Math.min(2 * pause, MOST_RETRY_MILLIS);
      }
    }
  }

  private boolean pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
      return open;
    } catch (InterruptedException e) {
      open = false;
      return false;
    }
  }

  /** Lets the thread end when the queue is empty; returns whether it did in time. */
  boolean close(Duration atMost) {
    open = false;
    queue.add(Optional.empty());
    try {
      return ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
