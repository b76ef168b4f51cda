package io.synchronik.impl.exec;

import io.synchronik.impl.settings.DurationText;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.store.jdbc.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Threads on which the application's code is told what has happened. What belongs to one strand is
 * told in order, one turn at a time; strands do not wait for one another: while turns last, threads
 * are added, up to a bound, and end when they are idle.
 */
public final class Strands {
  private static final Logger LOG = System.getLogger(Strands.class.getName());

  /** So many threads work when turns are short. */
  private static final int USUAL = 4;

  /** So many turns may block before others wait for them. */
  static final int MOST = 128;

  private static final long GROWS_AFTER_MILLIS = 20;
  private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long AGAIN_AFTER_MILLIS = 1000;
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final Duration BLOCKED = Duration.ofSeconds(30);
  private static final Duration BETWEEN_INTERRUPTS = Duration.ofMillis(50);

  /** What a strand does when it has its turn. */
  @FunctionalInterface
  public interface Turn {
    /**
     * Does what can be done in a moment.
     *
     * @return whether there is more to do
     */
    boolean take();
  }

  private final Executor context;
  private final String application;
  private final Duration blocked;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ripe = lock.newCondition();
  private final Condition calm = lock.newCondition();

  // Guarded by the lock
  private final WaitingStrands waiting = new WaitingStrands();
  private final List<StrandThread> threads = new ArrayList<>();
  private @Nullable EngineThreads alarms;
  private int idle;
  private int made;
  private boolean growing;
  private boolean toldFull;
  private volatile boolean open;

  /**
   * Creates them; no thread runs yet.
   *
   * @param context runs something on the calling thread inside the application's context
   * @param application names the threads
   */
  public Strands(Executor context, String application) {
    this(context, application, BLOCKED);
  }

  Strands(Executor context, String application, Duration blocked) {
    this.context = context;
    this.application = application;
    this.blocked = blocked;
  }

  /** Begins to give turns, also to those that have woken up before. */
  public void open(EngineThreads signals) {
    lock.lock();
    try {
      alarms = signals;
      open = true;
      if (!waiting.isEmpty()) {
        needThread();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns a strand that sleeps.
   *
   * @param name what it tells, for a warning
   */
  public Strand strand(String name, Turn turn) {
    return new Strand(this, name, turn);
  }

  /** Does one thing on one of the threads. */
  public void execute(String name, Runnable task) {
    Turn once =
        () -> {
          task.run();
          return false;
        };
    strand(name, once).wake();
  }

  /** Returns whether turns are given. */
  public boolean isOpen() {
    return open;
  }

  /**
   * Tells whether a turn may go on: others wait for it, or the end.
   *
   * @param sinceNanos when it began
   */
  public boolean isTurn(long sinceNanos) {
    return open && System.nanoTime() - sinceNanos < MOMENT_NANOS;
  }

  void wake(Strand strand) {
    lock.lock();
    try {
      if (strand.isWoken()) {
        waiting.add(strand);
        needThread();
      }
    } finally {
      lock.unlock();
    }
  }

  private void needThread() {
    if (alarms == null) {
      return;
    }
    if (waiting.size() <= idle) {
      ripe.signal();
    } else if (threads.size() < USUAL) {
      addThread();
    } else if (!growing) {
      growing = isAlarmSet(alarms, GROWS_AFTER_MILLIS, this::grow);
    }
  }

  private static boolean isAlarmSet(EngineThreads alarms, long millis, Runnable signal) {
    try {
      var unused = alarms.later(millis, signal);
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
      if (waiting.size() <= idle || alarms == null) {
        return;
      }
      if (threads.stream().allMatch(thread -> thread.millis() >= GROWS_AFTER_MILLIS)) {
        if (threads.size() < MOST) {
          addThread();
        } else if (!toldFull) {
          toldFull = true;
          LOG.log(Level.WARNING, Message.ALL_TELLING_BLOCKED.with(MOST, application));
        }
      }
      growing = isAlarmSet(alarms, GROWS_AFTER_MILLIS, this::grow);
    } finally {
      lock.unlock();
    }
  }

  private void addThread() {
    StrandThread thread =
        new StrandThread(
            "synchronik-telling-" + ++made + " " + application,
            me -> context.execute(() -> work(me)));
    threads.add(thread);
    thread.thread().start();
  }

  private void work(StrandThread me) {
    try {
      Strand strand = next(me);
      while (strand != null) {
        boolean more = false;
        boolean failed = false;
        try {
          more = strand.turn().take();
          strand.isNewFailure(false);
        } catch (Throwable e) {
          failed = true;
          report(strand, e);
        }
        over(me, strand, more, failed);
        strand = next(me);
      }
    } finally {
      ended(me);
    }
  }

  private @Nullable Strand next(StrandThread me) {
    lock.lock();
    try {
      long left = IDLE_NANOS;
      while (alarms != null && !me.isAbandoned()) {
        Strand strand = waiting.poll();
        if (strand != null) {
          strand.begin();
          me.begin(strand);
          return strand;
        }
        if (left <= 0) {
          return null;
        }
        left = awaitRipe(left);
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("WaitNotInLoop") // its caller loops
  private long awaitRipe(long nanos) {
    idle++;
    try {
      return ripe.awaitNanos(nanos);
    } catch (InterruptedException e) {
      // Meant for the turn before; that all is over is told by the state
      return nanos;
    } finally {
      idle--;
    }
  }

  private void over(StrandThread me, Strand strand, boolean more, boolean failed) {
    lock.lock();
    try {
      me.end();
      toldFull = false;
      if (failed) {
        strand.failed();
        // Such as without a database
        if (alarms != null && isAlarmSet(alarms, AGAIN_AFTER_MILLIS, strand::wake)) {
          waiting.addFailing(strand);
        } else {
          wake(strand);
        }
      } else if (strand.isReadyAfter(more)) {
        waiting.add(strand);
      }
      calm.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void ended(StrandThread me) {
    lock.lock();
    try {
      threads.remove(me);
      if (!waiting.isEmpty()) {
        // Whoever woke up counted on this thread
        needThread();
      }
    } finally {
      lock.unlock();
    }
  }

  private static void report(Strand strand, Throwable failure) {
    try {
      // That the database is away is told for all together
      boolean tell = strand.isNewFailure(true) && !StoreException.isUnreachable(failure);
      LOG.log(
          tell ? Level.WARNING : Level.DEBUG,
          strand.name() + " failed and is tried again",
          failure);
    } catch (Throwable e) {
      // No memory, or a log that fails: nothing can be said
    }
  }

  /** Warns once of each turn that lasts. */
  public void reportBlocked() {
    for (StrandThread thread : snapshot()) {
      StrandThread.Blocked turn = thread.takeBlocked(blocked.toMillis());
      if (turn != null) {
        String age = DurationText.write(Duration.ofMillis(turn.millis()));
        LOG.log(Level.WARNING, Message.TELLING_BLOCKED.with(turn.what(), age, turn.where()));
      }
    }
  }

  /**
   * Returns how all strands stand together.
   *
   * @param name what they do
   */
  public Lane.Standing standing(String name) {
    lock.lock();
    try {
      return waiting.standing(name, threads);
    } finally {
      lock.unlock();
    }
  }

  private List<StrandThread> snapshot() {
    lock.lock();
    try {
      return List.copyOf(threads);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nobody is ready or has a turn; returns whether that came. */
  public boolean awaitCalm(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (!waiting.isEmpty() || threads.stream().anyMatch(StrandThread::isBusy)) {
        if (left <= 0) {
          return false;
        }
        left = calm.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives no more turns, interrupts those that last, and waits for the threads; one that ignores
   * its interrupt is named in the log. Who is ready has a turn after the next {@link #open}.
   */
  public void close(Duration atMost) {
    lock.lock();
    try {
      alarms = null;
      open = false;
      growing = false;
      waiting.forgetFailing();
      ripe.signalAll();
    } finally {
      lock.unlock();
    }
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
