package io.synchronik.impl.exec;

import io.synchronik.impl.settings.Message;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads of strands: few when turns are short, more while they last, up to a bound. Those who
 * call hold the strands' lock, but for {@link #snapshot} and {@link #awaitEnds}.
 */
final class StrandThreads {
  private static final Logger LOG = System.getLogger(Strands.class.getName());

  /** So many threads work when turns are short. */
  private static final int USUAL = 4;

  /** So many turns may block before others wait for them. */
  static final int MOST = 128;

  private static final long GROWS_AFTER_MILLIS = 20;
  private static final Duration BETWEEN_INTERRUPTS = Duration.ofMillis(50);

  private final ReentrantLock lock;
  private final String application;
  private final StrandThread.Body body;
  private final IntSupplier lacking;
  private final List<StrandThread> threads = new ArrayList<>();
  private @Nullable EngineThreads alarms;
  private int made;
  private boolean growing;
  private boolean toldFull;

  /**
   * Creates it; there is no thread yet.
   *
   * @param lock of the strands
   * @param application names the threads
   * @param body what each of them does
   * @param lacking says for how many strands no thread has time
   */
  StrandThreads(
      ReentrantLock lock, String application, StrandThread.Body body, IntSupplier lacking) {
    this.lock = lock;
    this.application = application;
    this.body = body;
    this.lacking = lacking;
  }

  void open(EngineThreads signals) {
    alarms = signals;
  }

  void close() {
    alarms = null;
    growing = false;
  }

  boolean isOpen() {
    return alarms != null;
  }

  /** Adds a thread, at once or when the others have no time for a while. */
  void add() {
    if (threads.size() < USUAL) {
      start();
    } else {
      addAfter(GROWS_AFTER_MILLIS);
    }
  }

  /** Adds a thread when the others have no time after so long. */
  void addAfter(long millis) {
    if (!growing) {
      growing = isAlarmSet(millis, this::grow);
    }
  }

  /** Has something done later; false when there is no later. */
  boolean isAlarmSet(long millis, Runnable signal) {
    EngineThreads present = alarms;
    if (present == null) {
      return false;
    }
    try {
      var unused = present.later(millis, signal);
      return true;
    } catch (RejectedExecutionException e) {
      // The engine stops
      return false;
    }
  }

  /** Adds a thread when nobody has had time for those that are waiting. */
  private void grow() {
    lock.lock();
    try {
      growing = false;
      if (lacking.getAsInt() <= 0 || alarms == null) {
        return;
      }
      if (threads.stream().allMatch(thread -> thread.millis() >= GROWS_AFTER_MILLIS)) {
        if (threads.size() < MOST) {
          start();
        } else if (!toldFull) {
          toldFull = true;
          LOG.log(Level.WARNING, Message.ALL_TELLING_BLOCKED.with(MOST, application));
        }
      }
      growing = isAlarmSet(GROWS_AFTER_MILLIS, this::grow);
    } finally {
      lock.unlock();
    }
  }

  private void start() {
    StrandThread thread =
        new StrandThread("synchronik-telling-" + ++made + " " + application, body);
    // It does nothing before the lock is free; one that cannot start is none
    thread.thread().start();
    threads.add(thread);
  }

  /** A turn is over: when all of them block again, that is told again. */
  void turned() {
    toldFull = false;
  }

  void ended(StrandThread thread) {
    threads.remove(thread);
  }

  boolean isAnyBusy() {
    return threads.stream().anyMatch(StrandThread::isBusy);
  }

  Collection<StrandThread> all() {
    return threads;
  }

  List<StrandThread> snapshot() {
    lock.lock();
    try {
      return List.copyOf(threads);
    } finally {
      lock.unlock();
    }
  }

  /** Interrupts turns that last, and waits for the threads; names those that ignore it. */
  void awaitEnds(Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    boolean ended = false;
    while (!ended && System.nanoTime() - deadline < 0) {
      ended = isEndedSoon();
    }
    for (StrandThread left : snapshot()) {
      EngineThreads.report(left.thread());
      forget(left);
    }
  }

  /** Again and again: the next piece of code in a turn may block like the one before. */
  private boolean isEndedSoon() {
    List<StrandThread> left = snapshot();
    left.stream().filter(StrandThread::isBusy).forEach(thread -> thread.thread().interrupt());
    long until = System.nanoTime() + BETWEEN_INTERRUPTS.toNanos();
    try {
      for (StrandThread thread : left) {
        long millis = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        thread.thread().join(Math.max(1, millis));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
    return left.stream().noneMatch(thread -> thread.thread().isAlive());
  }

  /** What it is in goes on without anybody who waits for it. */
  private void forget(StrandThread left) {
    lock.lock();
    try {
      left.abandon();
      threads.remove(left);
    } finally {
      lock.unlock();
    }
  }
}
