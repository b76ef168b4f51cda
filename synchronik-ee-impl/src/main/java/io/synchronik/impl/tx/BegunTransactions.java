package io.synchronik.impl.tx;

import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.jdbc.StoreException;
import io.synchronik.run.SynchronikException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Transactions that the engine begins and ends itself. */
final class BegunTransactions {
  /** Longer than others of the engine hold a row, shorter than anybody would notice. */
  static final long MOMENT_MILLIS = 100;

  static final int TIMEOUT_SECONDS = 60;

  /** What a transaction has met out of order will hardly come again. */
  private static final int MOST_TRIES = 10;

  private final TxWork inside;
  private final Demarcation demarcation;
  private final Executor apart;
  private final Outages outages;
  private final Gate gate;
  private final long mostIdleMillis;
  private final Doubts doubts;

  /**
   * Creates it.
   *
   * @param apart runs a transaction on the calling thread
   * @param mostIdleMillis so long a transaction of the engine may do nothing, and a lost answer is
   *     asked for
   */
  BegunTransactions(
      TxWork inside,
      Demarcation demarcation,
      Executor apart,
      Outages outages,
      Gate gate,
      long mostIdleMillis) {
    this.inside = inside;
    this.demarcation = demarcation;
    this.apart = apart;
    this.outages = outages;
    this.gate = gate;
    this.mostIdleMillis = mostIdleMillis;
    this.doubts = new Doubts(this::look, inside::ended);
  }

  Doubts doubts() {
    return doubts;
  }

  /**
   * Works in a new transaction.
   *
   * @param lockMillis so long it waits for a row; 0 when it is user code's, which sets that itself
   */
  <T extends @Nullable Object> T begin(int timeoutSeconds, long lockMillis, Function<Tx, T> work) {
    for (int tries = 1; ; tries++) {
      // What depends on them must not be done before
      doubts.settle();
      try {
        return decided(timeoutSeconds, lockMillis, work);
      } catch (OutOfOrder e) {
        if (tries == MOST_TRIES) {
          throw e;
        }
      }
    }
  }

  private <T extends @Nullable Object> T decided(
      int timeoutSeconds, long lockMillis, Function<Tx, T> work) {
    boolean isEngines = lockMillis > 0;
    long entered = isEngines ? gate.enter() : 0;
    Runnable reached = () -> gate.reached(entered);
    Apart<Done<T>> begun = new Apart<>(() -> begunApart(timeoutSeconds, lockMillis, reached, work));
    apart.execute(begun);
    try {
      Done<T> done = begun.result();
      T result = done.doubt == null ? done.result : decided(done, done.doubt);
      outages.committed();
      return result;
    } catch (RuntimeException | Error e) {
      if (isEngines) {
        // What user code throws may be of another database
        outages.failed(e);
        gate.failed(entered, e);
      }
      throw e;
    }
  }

  /**
   * A transaction that is over.
   *
   * @param result of its work
   * @param tx itself
   * @param doubt why it is not known whether it came true; null when it did
   */
  private record Done<T extends @Nullable Object>(T result, Tx tx, @Nullable Throwable doubt) {}

  private <T extends @Nullable Object> T decided(Done<T> done, Throwable doubt) {
    Consumer<Session> marker = Objects.requireNonNull(done.tx.marker());
    Duration atMost = Duration.ofMillis(mostIdleMillis);
    switch (doubts.decide(done.tx, marker, atMost)) {
      case COMMITTED -> {
        return done.result;
      }
      case ROLLED_BACK -> {
        if (doubt instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) doubt;
      }
      default -> throw new CommitInDoubt(atMost, doubt);
    }
  }

  /** Asks whether a transaction came true whose marker this is. */
  private Tx.End look(Consumer<Session> marker) {
    try {
      return decided(
          TIMEOUT_SECONDS,
          MOMENT_MILLIS,
          tx -> {
            marker.accept(tx.session());
            throw new NothingThere();
          });
    } catch (NothingThere e) {
      return Tx.End.ROLLED_BACK;
    } catch (StoreException e) {
      if (StoreException.isDuplicate(e)) {
        return Tx.End.COMMITTED;
      }
      if (StoreException.isLocked(e)) {
        return Tx.End.UNKNOWN;
      }
      throw e;
    }
  }

  /** Rolls back what was written to see whether it is there. */
  private static final class NothingThere extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NothingThere() {
      super(null, null, false, false);
    }
  }

  private <T extends @Nullable Object> Done<T> begunApart(
      int timeoutSeconds, long lockMillis, Runnable reached, Function<Tx, T> work) {
    Tx tx = null;
    Tx.End end = Tx.End.ROLLED_BACK;
    boolean doubtful = false;
    demarcation.begin(timeoutSeconds);
    try {
      T result;
      try (Session session = inside.sessions().get()) {
        if (lockMillis > 0) {
          session.bound(lockMillis, mostIdleMillis);
          reached.run();
        }
        tx = inside.begin(session, lockMillis > 0 ? Tx.Owner.ENGINE : Tx.Owner.ATTEMPT);
        result = inside.done(tx, work);
      }
      demarcation.refuseMarked();
      try {
        end = Tx.End.UNKNOWN;
        demarcation.commit();
        end = Tx.End.COMMITTED;
        return new Done<>(result, tx, null);
      } catch (RuntimeException | Error e) {
        if (tx.marker() == null) {
          throw e;
        }
        doubtful = true;
        return new Done<>(result, tx, e);
      }
    } finally {
      try {
        demarcation.end(end == Tx.End.COMMITTED);
      } finally {
        if (tx != null && !doubtful) {
          inside.ended(tx, end);
        }
      }
    }
  }

  /** Carries a result or an exception through an executor on the same thread. */
  private static final class Apart<T extends @Nullable Object> implements Runnable {
    private final Supplier<T> work;
    private Supplier<T> end =
        () -> {
          throw new SynchronikException("The server refused the context of a transaction");
        };

    Apart(Supplier<T> work) {
      this.work = work;
    }

    @Override
    public void run() {
      try {
        T result = work.get();
        end = () -> result;
      } catch (RuntimeException | Error e) {
        end =
            () -> {
              throw e;
            };
      }
    }

    T result() {
      return end.get();
    }
  }
}
