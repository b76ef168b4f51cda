package io.synchronik.impl.exec;

import io.synchronik.impl.settings.DurationText;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.store.jdbc.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
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

  private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long AGAIN_AFTER_MILLIS = 1000;
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final Duration BLOCKED = Duration.ofSeconds(30);

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
  private final Duration blocked;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ripe = lock.newCondition();
  private final Condition calm = lock.newCondition();

  // Guarded by the lock
  private final WaitingStrands waiting = new WaitingStrands();
  private final StrandThreads threads;
  private int idle;
  private volatile boolean open;

  private volatile boolean toldRefused;

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
    this.blocked = blocked;
    this.threads = new StrandThreads(lock, application, this::live, () -> waiting.size() - idle);
  }

  /** Begins to give turns, also to those that have woken up before. */
  public void open(EngineThreads signals) {
    lock.lock();
    try {
      threads.open(signals);
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
    if (!threads.isOpen()) {
      return;
    }
    if (waiting.size() <= idle) {
      ripe.signal();
    } else {
      threads.add();
    }
  }

  /** The body of a thread. */
  private void live(StrandThread me) {
    boolean refused = true;
    try {
      context.execute(() -> work(me));
      refused = false;
    } catch (Throwable e) {
      LOG.log(
          toldRefused ? Level.DEBUG : Level.WARNING,
          "A thread that tells the application ended; another one follows",
          e);
      toldRefused = true;
    } finally {
      ended(me, refused);
    }
  }

  private void work(StrandThread me) {
    toldRefused = false;
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
  }

  private @Nullable Strand next(StrandThread me) {
    lock.lock();
    try {
      long left = IDLE_NANOS;
      while (threads.isOpen() && !me.isAbandoned()) {
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
      threads.turned();
      if (failed) {
        strand.failed();
        // Such as without a database
        if (threads.isAlarmSet(AGAIN_AFTER_MILLIS, strand::wake)) {
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

  private void ended(StrandThread me, boolean refused) {
    lock.lock();
    try {
      threads.ended(me);
      if (refused) {
        threads.addAfter(AGAIN_AFTER_MILLIS);
      } else if (!waiting.isEmpty()) {
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
    for (StrandThread thread : threads.snapshot()) {
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
      return waiting.standing(name, threads.all());
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nobody is ready or has a turn; returns whether that came. */
  public boolean awaitCalm(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (!waiting.isEmpty() || threads.isAnyBusy()) {
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
      threads.close();
      open = false;
      waiting.forgetFailing();
      ripe.signalAll();
    } finally {
      lock.unlock();
    }
    threads.awaitEnds(atMost);
  }
}
