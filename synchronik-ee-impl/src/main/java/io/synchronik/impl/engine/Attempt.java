package io.synchronik.impl.engine;

import io.synchronik.impl.store.RunStore;
import io.synchronik.run.Progress;
import io.synchronik.worker.WorkerConfig;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One attempt of a run on this node: who executes it, and why it should stop. */
final class Attempt {
  /** Why an attempt is interrupted. The first reason stands. */
  sealed interface Stop {
    /** Its time is over. */
    record TimedOut() implements Stop {}

    /** Somebody cancelled the run. */
    record Cancelled(String by) implements Stop {}

    /** The node stops, or has lost its lease. */
    record NodeStops() implements Stop {}
  }

  private final RunStore.Owned owned;
  private final String incarnation;
  private final RegisteredWorker worker;
  private final WorkerConfig config;
  private final long startedNanos = System.nanoTime();
  private final AtomicReference<Stop> stop = new AtomicReference<>();
  private final AtomicReference<Progress> progress = new AtomicReference<>();
  private @Nullable Thread thread;
  private boolean ended;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Set<String> reported = ConcurrentHashMap.newKeySet();
  private volatile long stoppedNanos;

  Attempt(RunStore.Owned owned, String incarnation, RegisteredWorker worker, WorkerConfig config) {
    this.owned = owned;
    this.incarnation = incarnation;
    this.worker = worker;
    this.config = config;
  }

  RunStore.Owned owned() {
    return owned;
  }

  String incarnation() {
    return incarnation;
  }

  RegisteredWorker worker() {
    return worker;
  }

  WorkerConfig config() {
    return config;
  }

  synchronized void begin() {
    thread = Thread.currentThread();
    if (stop.get() != null) {
      thread.interrupt();
    }
  }

  /** Clears the thread's interrupt; none reaches it after this. */
  synchronized void end() {
    ended = true;
    if (thread != null) {
      Thread.interrupted();
      thread = null;
    }
  }

  /** Tells those who wait that the attempt's code and what follows it are over. */
  void over() {
    over.countDown();
  }

  void awaitEnd() throws InterruptedException {
    over.await();
  }

  boolean awaitEnd(long nanos) throws InterruptedException {
    return over.await(Math.max(0, nanos), TimeUnit.NANOSECONDS);
  }

  /** Asks the attempt to stop and interrupts its thread. */
  synchronized void stop(Stop why) {
    if (ended || !stop.compareAndSet(null, why)) {
      return;
    }
    stoppedNanos = System.nanoTime();
    if (thread != null) {
      thread.interrupt();
    }
  }

  Optional<Stop> stopped() {
    return Optional.ofNullable(stop.get());
  }

  void progress(Progress value) {
    progress.set(value);
  }

  /** Returns the progress told since the last call, null when none was. */
  @Nullable Progress takeProgress() {
    return progress.getAndSet(null);
  }

  long millis() {
    return (System.nanoTime() - startedNanos) / 1_000_000;
  }

  /** Returns the time since the attempt was asked to stop; 0 when it was not. */
  long millisSinceStop() {
    long since = stoppedNanos;
    return since == 0 ? 0 : (System.nanoTime() - since) / 1_000_000;
  }

  /** Returns whether something is to be reported for the first time. */
  boolean reportOnce(String what) {
    return reported.add(what);
  }
}
