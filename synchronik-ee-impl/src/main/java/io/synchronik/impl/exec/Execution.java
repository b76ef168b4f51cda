package io.synchronik.impl.exec;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** User code on a thread of this node: who executes it, and why it should stop. */
public abstract class Execution {
  /** Why an execution is interrupted. The first reason stands. */
  public sealed interface Stop {
    /** Its time is over. */
    record TimedOut() implements Stop {}

    /**
     * It should have ended by now.
     *
     * @param deadline when
     */
    record Overdue(Instant deadline) implements Stop {}

    /** Somebody cancelled it. */
    record Cancelled(String by) implements Stop {}

    /** The node stops, or has lost its lease. */
    record NodeStops() implements Stop {}
  }

  private final long startedNanos = System.nanoTime();
  private final AtomicReference<Stop> stop = new AtomicReference<>();
  private @Nullable Thread thread;
  private boolean ended;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile long stoppedNanos;

  public synchronized void begin() {
    thread = Thread.currentThread();
    if (stop.get() != null) {
      thread.interrupt();
    }
  }

  /** Clears the thread's interrupt; none reaches it after this. */
  public synchronized void end() {
    ended = true;
    if (thread != null) {
      Thread.interrupted();
      thread = null;
    }
  }

  /** Tells those who wait that the code and what follows it are over. */
  public void over() {
    over.countDown();
  }

  public void awaitEnd() throws InterruptedException {
    over.await();
  }

  public boolean awaitEnd(long nanos) throws InterruptedException {
    return over.await(Math.max(0, nanos), TimeUnit.NANOSECONDS);
  }

  /** Asks the code to stop and interrupts its thread. */
  public synchronized void stop(Stop why) {
    if (ended || !stop.compareAndSet(null, why)) {
      return;
    }
    stoppedNanos = System.nanoTime();
    if (thread != null) {
      thread.interrupt();
    }
  }

  public Optional<Stop> stopped() {
    return Optional.ofNullable(stop.get());
  }

  public long millis() {
    return (System.nanoTime() - startedNanos) / 1_000_000;
  }

  /** Returns the time since it was asked to stop; 0 when it was not. */
  public long millisSinceStop() {
    long since = stoppedNanos;
    return since == 0 ? 0 : (System.nanoTime() - since) / 1_000_000;
  }
}
