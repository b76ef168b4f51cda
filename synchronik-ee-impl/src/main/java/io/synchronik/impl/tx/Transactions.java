package io.synchronik.impl.tx;

import io.synchronik.impl.settings.DatabaseClock;
import io.synchronik.impl.settings.DurationText;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.Settings;
import io.synchronik.impl.store.jdbc.Dialect;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.jdbc.StoreException;
import io.synchronik.run.SynchronikException;
import jakarta.transaction.Transaction;
import java.time.Duration;
import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All transaction boundaries of the engine. */
public final class Transactions {
  private final Duration lease;
  private final Dialect dialect;
  private final Outages outages;
  private final Gate gate = new Gate(System::nanoTime);
  private final Demarcation demarcation;
  private final BegunTransactions begun;
  private final JoinedTransactions joined;

  public Transactions(
      Platform platform, Settings settings, Dialect dialect, DatabaseClock clock, Ledger ledger) {
    this.lease = settings.pace().lease();
    this.dialect = dialect;
    this.outages =
        new Outages(settings.identity(), settings.store().datasource(), System::nanoTime);
    this.demarcation = new Demarcation(platform.transactions());
    TxWork inside =
        new TxWork(
            () ->
                new Session(
                    settings.identity().application(),
                    platform.datasource(),
                    platform.entityManagers(),
                    dialect),
            clock,
            ledger);
    this.begun =
        new BegunTransactions(inside, demarcation, platform.apart(), outages, gate, halfLease());
    this.joined = new JoinedTransactions(inside, begun.doubts()::add);
  }

  /** Returns what the database speaks: whoever asked it would take a connection for that. */
  public Dialect dialect() {
    return dialect;
  }

  /** Returns the caller's transaction, null when there is none. */
  public @Nullable Transaction current() {
    return demarcation.current();
  }

  /** Tells whether this thread is in a transaction that is not marked for rollback. */
  public boolean mayCommit() {
    return demarcation.mayCommit();
  }

  /** Tells whether the database is known to be away. */
  public boolean isDatabaseAway() {
    return outages.isAway();
  }

  /**
   * Lets threads of the engine wait for a database that is away, or not any more: then each finds
   * that out for itself.
   */
  public void waitForDatabase(boolean value) {
    gate.waiting(value);
  }

  /** Tells whether this thread, as one of the engine, would wait for the database. */
  public boolean isAwaitingDatabase() {
    return gate.isClosed()
        && gate.isWaiting()
        && EngineThread.isCurrent()
        && !Thread.currentThread().isInterrupted();
  }

  /**
   * Waits, on a thread of the engine, for a database that is away; holds up nobody else.
   *
   * @return whether it makes sense to go on: false when nobody waits any more, as at a stop
   */
  public boolean awaitDatabase() {
    while (isAwaitingDatabase()) {
      try {
        own(tx -> null);
      } catch (RuntimeException | Error e) {
        if (!StoreException.isUnreachable(e)) {
          return true;
        }
      }
    }
    return gate.isWaiting() && !Thread.currentThread().isInterrupted();
  }

  /** Returns the callers in this JVM whose transactions are open. */
  public OpenCallers openCallers() {
    return joined.callers();
  }

  /**
   * Works in the caller's transaction when there is one, else in one of its own. Waits for what
   * others hold, but not for ever.
   */
  public <T extends @Nullable Object> T joined(Function<Tx, T> work) {
    Transaction transaction = current();
    long patience = transaction == null ? patience() : halfLease();
    Function<Tx, T> asked =
        tx -> {
          tx.asked();
          return work.apply(tx);
        };
    try {
      return transaction == null
          ? begun.begin(BegunTransactions.TIMEOUT_SECONDS, patience, asked)
          : joined.join(transaction, patience, asked);
    } catch (RuntimeException | Error e) {
      if (!StoreException.isLocked(e) && !(e instanceof OutOfOrder)) {
        throw e;
      }
      String waited = DurationText.write(Duration.ofMillis(patience));
      throw new SynchronikException(Message.HELD.with(waited), e);
    }
  }

  /** Works in a transaction of its own; the caller's is suspended meanwhile. */
  public <T extends @Nullable Object> T own(Function<Tx, T> work) {
    return own(patience(), work);
  }

  /**
   * Works in a transaction of its own that waits for no row that somebody holds for longer than a
   * moment: it fails then, and {@link io.synchronik.impl.store.jdbc.StoreException#isLocked} tells
   * so. For threads that have others to work for meanwhile.
   */
  public <T extends @Nullable Object> T briefly(Function<Tx, T> work) {
    return own(BegunTransactions.MOMENT_MILLIS, work);
  }

  /**
   * Works for each of some keys in a transaction of its own. One that somebody holds is left for
   * the next time, and one that fails holds up no other: the first failure is thrown at the end.
   */
  public <K> void eachBriefly(Collection<K> keys, BiConsumer<Tx, K> work) {
    FirstFailure failure = new FirstFailure();
    for (K key : keys) {
      try {
        briefly(
            tx -> {
              work.accept(tx, key);
              return null;
            });
      } catch (RuntimeException | Error e) {
        if (StoreException.isUnreachable(e)) {
          throw e;
        }
        if (!StoreException.isLocked(e)) {
          failure.keep(e);
        }
      }
    }
    failure.rethrow();
  }

  /** So long a transaction of the engine waits for a row. */
  private long patience() {
    return lease.toMillis() / 6;
  }

  /** So long a transaction of the engine may do nothing, and a caller's wait for a row. */
  private long halfLease() {
    return lease.toMillis() / 2;
  }

  private <T extends @Nullable Object> T own(long lockMillis, Function<Tx, T> work) {
    return demarcation.suspended(
        () -> begun.begin(BegunTransactions.TIMEOUT_SECONDS, lockMillis, work));
  }

  /**
   * Runs user code and then engine work in one transaction. Its locks wait as long as the user code
   * may take; the time is that of its end.
   */
  public <U> void withUserCode(Duration timeout, Supplier<U> userCode, BiConsumer<Tx, U> work) {
    begun.begin(
        (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.plusMillis(999).toSeconds())),
        0,
        tx -> {
          U done = userCode.get();
          long patience = Math.min(Integer.MAX_VALUE, Math.max(1, timeout.toMillis()));
          tx.session().bound(patience, halfLease());
          tx.advance();
          work.accept(tx, done);
          return null;
        });
  }

  /** Looks at commits whose answer was lost. */
  public void settleDoubts() {
    begun.doubts().settle();
  }
}
