package io.synchronik.impl.tx;

import io.synchronik.impl.store.jdbc.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Commits whose answer was lost: the database is asked, less and less often, until it is known
 * whether they came true. Nobody else goes on before it was asked.
 */
final class Doubts {
  private static final Logger LOG = System.getLogger(Doubts.class.getName());
  private static final long FIRST_PAUSE_MILLIS = 20;
  private static final long MOST_PAUSE_MILLIS = 500;

  /** Asks the database. */
  interface Look {
    /**
     * Asks whether a transaction came true.
     *
     * @param marker writes again what that has written
     * @return unknown while the database is still at it
     * @throws RuntimeException if the database cannot be asked
     */
    Tx.End at(Consumer<Session> marker);
  }

  private static final class Doubt {
    private final Tx tx;
    private final Consumer<Session> marker;
    private Tx.End end = Tx.End.UNKNOWN;
    private boolean asked;
    private long pauseMillis = FIRST_PAUSE_MILLIS / 2;
    private long againNanos = System.nanoTime();

    Doubt(Tx tx, Consumer<Session> marker) {
      this.tx = tx;
      this.marker = marker;
    }

    /** Returns whether it is to be asked now, by this thread. */
    synchronized boolean ask() {
      boolean now = end == Tx.End.UNKNOWN && !asked && System.nanoTime() - againNanos >= 0;
      asked |= now;
      return now;
    }

    synchronized void answered(Tx.End answer) {
      end = answer;
      asked = false;
      pauseMillis = Math.min(2 * pauseMillis, MOST_PAUSE_MILLIS);
      againNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pauseMillis);
      notifyAll();
    }

    synchronized Tx.End end() {
      return end;
    }

    /** Waits for an answer, or for the time to ask; at most so long. */
    synchronized void await(long nanos) throws InterruptedException {
      if (end == Tx.End.UNKNOWN) {
        long pause = asked ? nanos : Math.min(nanos, againNanos - System.nanoTime());
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(pause, 1_000_000));
      }
    }
  }

  private final Look database;
  private final BiConsumer<Tx, Tx.End> ended;
  private final Queue<Doubt> open = new ConcurrentLinkedQueue<>();

  /**
   * Creates it.
   *
   * @param ended told how a transaction ended, once
   */
  Doubts(Look database, BiConsumer<Tx, Tx.End> ended) {
    this.database = database;
    this.ended = ended;
  }

  /** Adds a commit whose end is told when it is known. */
  void add(Tx tx, Consumer<Session> marker) {
    open.add(new Doubt(tx, marker));
  }

  /**
   * Asks until it is known how a transaction ended. Unknown when that takes too long, or the thread
   * is interrupted: then it is told when it is known.
   */
  Tx.End decide(Tx tx, Consumer<Session> marker, Duration atMost) {
    Doubt doubt = new Doubt(tx, marker);
    open.add(doubt);
    long deadline = System.nanoTime() + atMost.toNanos();
    while (true) {
      ask(doubt);
      long left = deadline - System.nanoTime();
      if (doubt.end() != Tx.End.UNKNOWN || left <= 0) {
        return doubt.end();
      }
      try {
        doubt.await(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return doubt.end();
      }
    }
  }

  /** Asks for all that it is time to ask for, once. */
  void settle() {
    open.forEach(this::ask);
  }

  private void ask(Doubt doubt) {
    if (!doubt.ask()) {
      return;
    }
    Tx.End end = Tx.End.UNKNOWN;
    try {
      end = database.at(doubt.marker);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.DEBUG, "Whether a commit came true could not be asked", e);
    }
    try {
      if (end != Tx.End.UNKNOWN) {
        open.remove(doubt);
        ended.accept(doubt.tx, end);
      }
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "What follows a commit that was in doubt failed", e);
    } finally {
      doubt.answered(end);
    }
  }
}
