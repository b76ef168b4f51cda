package io.synchronik.impl.tx;

import io.synchronik.impl.settings.DatabaseClock;
import io.synchronik.impl.settings.Settings;
import io.synchronik.impl.store.jdbc.Dialect;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.run.SynchronikException;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All transaction boundaries of the engine. */
public final class Transactions {
  /** A JVM that has just started may pause for seconds, and not every pool drops what ends then. */
  private static final long LEAST_IDLE_MILLIS = 10_000;

  private static final int TIMEOUT_SECONDS = 60;

  private final Platform platform;
  private final Settings settings;
  private final Dialect dialect;
  private final DatabaseClock clock;
  private final Ledger ledger;
  private final Outages outages;

  public Transactions(
      Platform platform, Settings settings, Dialect dialect, DatabaseClock clock, Ledger ledger) {
    this.platform = platform;
    this.settings = settings;
    this.dialect = dialect;
    this.clock = clock;
    this.ledger = ledger;
    this.outages =
        new Outages(settings.identity(), settings.store().datasource(), System::nanoTime);
  }

  /** Returns the caller's transaction, null when there is none. */
  public @Nullable Transaction current() {
    try {
      int status = manager().getStatus();
      boolean active = status == Status.STATUS_ACTIVE || status == Status.STATUS_MARKED_ROLLBACK;
      return active ? manager().getTransaction() : null;
    } catch (SystemException e) {
      throw new SynchronikException("The transaction manager failed: " + e.getMessage(), e);
    }
  }

  /** Tells whether the database is known to be away. */
  public boolean isDatabaseAway() {
    return outages.isAway();
  }

  /** Works in the caller's transaction when there is one, else in one of its own. */
  public <T extends @Nullable Object> T joined(Function<Tx, T> work) {
    Transaction transaction = current();
    return transaction == null ? begun(TIMEOUT_SECONDS, true, work) : within(transaction, work);
  }

  /** Works in a transaction of its own; the caller's is suspended meanwhile. */
  public <T extends @Nullable Object> T own(Function<Tx, T> work) {
    try {
      Transaction suspended = current() == null ? null : manager().suspend();
      try {
        return begun(TIMEOUT_SECONDS, true, work);
      } finally {
        if (suspended != null) {
          manager().resume(suspended);
        }
      }
    } catch (SystemException | InvalidTransactionException e) {
      throw new SynchronikException("The transaction manager failed: " + e.getMessage(), e);
    }
  }

  /**
   * Runs user code and then engine work in one transaction. Locks wait as long as the user code
   * may; the time is that of its end.
   */
  public <U> void withUserCode(Duration timeout, Supplier<U> userCode, BiConsumer<Tx, U> work) {
    begun(
        (int) Math.max(1, timeout.plusMillis(999).toSeconds()),
        false,
        tx -> {
          U done = userCode.get();
          tx.advance();
          work.accept(tx, done);
          return null;
        });
  }

  private <T extends @Nullable Object> T begun(
      int timeoutSeconds, boolean bounded, Function<Tx, T> work) {
    Apart<T> begun = new Apart<>(() -> begunApart(timeoutSeconds, bounded, work));
    platform.apart().execute(begun);
    try {
      T result = begun.result();
      outages.committed();
      return result;
    } catch (RuntimeException e) {
      if (bounded) {
        // What user code throws may be of another database
        outages.failed(e);
      }
      throw e;
    }
  }

  private <T extends @Nullable Object> T begunApart(
      int timeoutSeconds, boolean bounded, Function<Tx, T> work) {
    Tx tx = null;
    Tx.End end = Tx.End.ROLLED_BACK;
    try {
      manager().setTransactionTimeout(timeoutSeconds);
      manager().begin();
      try {
        T result;
        try (Session session = session()) {
          if (bounded) {
            Duration lease = settings.pace().lease();
            session.bound(lease.toMillis() / 6, Math.max(LEAST_IDLE_MILLIS, lease.toMillis() / 2));
          }
          tx = new Tx(session, clock);
          result = work.apply(tx);
          ledger.write(tx);
          session.flush();
        }
        end = Tx.End.UNKNOWN;
        commit();
        end = Tx.End.COMMITTED;
        return result;
      } finally {
        try {
          rollbackUnless(end == Tx.End.COMMITTED);
          manager().setTransactionTimeout(0);
        } finally {
          if (tx != null) {
            ended(tx, end);
          }
        }
      }
    } catch (SystemException | NotSupportedException e) {
      throw new SynchronikException("The transaction manager failed: " + e.getMessage(), e);
    }
  }

  private <T extends @Nullable Object> T within(Transaction transaction, Function<Tx, T> work) {
    try (Session session = session()) {
      Tx tx = new Tx(session, clock);
      boolean done = false;
      try {
        T result = work.apply(tx);
        ledger.write(tx);
        session.flush();
        transaction.registerSynchronization(new AfterCompletion(end -> ended(tx, end)));
        done = true;
        return result;
      } finally {
        if (!done) {
          ended(tx, Tx.End.ROLLED_BACK);
        }
      }
    } catch (RollbackException e) {
      throw new SynchronikException("The caller's transaction is marked for rollback", e);
    } catch (SystemException e) {
      throw new SynchronikException("The transaction manager failed: " + e.getMessage(), e);
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

  private void ended(Tx tx, Tx.End end) {
    ledger.ended(tx, end);
    tx.ended(end);
  }

  private record AfterCompletion(Consumer<Tx.End> ended) implements Synchronization {
    @Override
    public void beforeCompletion() {}

    @Override
    public void afterCompletion(int status) {
      ended.accept(
          switch (status) {
            case Status.STATUS_COMMITTED -> Tx.End.COMMITTED;
            case Status.STATUS_ROLLEDBACK -> Tx.End.ROLLED_BACK;
            default -> Tx.End.UNKNOWN;
          });
    }
  }

  private void commit() throws SystemException {
    try {
      if (manager().getStatus() == Status.STATUS_MARKED_ROLLBACK) {
        throw new TransactionRolledBack(null);
      }
      manager().commit();
    } catch (RollbackException | HeuristicMixedException | HeuristicRollbackException e) {
      throw new TransactionRolledBack(e);
    }
  }

  private void rollbackUnless(boolean committed) throws SystemException {
    if (!committed && manager().getStatus() != Status.STATUS_NO_TRANSACTION) {
      manager().rollback();
    }
  }

  private Session session() {
    return new Session(
        settings.identity().application(),
        platform.datasource(),
        platform.entityManagers(),
        dialect);
  }

  private TransactionManager manager() {
    return platform.transactions();
  }
}
