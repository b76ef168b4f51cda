package io.synchronik.impl.tx;

import io.synchronik.impl.settings.DatabaseClock;
import io.synchronik.impl.settings.DurationText;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.Settings;
import io.synchronik.impl.store.jdbc.Dialect;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.jdbc.StoreException;
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
import java.util.Collection;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All transaction boundaries of the engine. */
public final class Transactions {
  /** Longer than others of the engine hold a row, shorter than anybody would notice. */
  private static final long MOMENT_MILLIS = 100;

  private static final int TIMEOUT_SECONDS = 60;

  /** What a transaction has met out of order will hardly come again. */
  private static final int MOST_TRIES = 10;

  private final Platform platform;
  private final Settings settings;
  private final Dialect dialect;
  private final DatabaseClock clock;
  private final Ledger ledger;
  private final Outages outages;
  private final Gate gate = new Gate(System::nanoTime);
  private final OpenCallers callers = new OpenCallers();
  private final Doubts doubts = new Doubts(this::look, this::ended);

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

  /** Tells whether this thread is in a transaction that is not marked for rollback. */
  public boolean mayCommit() {
    try {
      return manager().getStatus() == Status.STATUS_ACTIVE;
    } catch (SystemException e) {
      throw new SynchronikException("The transaction manager failed: " + e.getMessage(), e);
    }
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
    return callers;
  }

  /**
   * Works in the caller's transaction when there is one, else in one of its own. Waits for what
   * others hold, but not for ever.
   */
  public <T extends @Nullable Object> T joined(Function<Tx, T> work) {
    Transaction transaction = current();
    long patience = transaction == null ? patience() : halfLease();
    try {
      return transaction == null
          ? begun(TIMEOUT_SECONDS, patience, work)
          : within(transaction, patience, work);
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
    return own(MOMENT_MILLIS, work);
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
    return settings.pace().lease().toMillis() / 6;
  }

  /** So long a transaction of the engine may do nothing, and a caller's wait for a row. */
  private long halfLease() {
    return settings.pace().lease().toMillis() / 2;
  }

  private <T extends @Nullable Object> T own(long lockMillis, Function<Tx, T> work) {
    try {
      Transaction suspended = current() == null ? null : manager().suspend();
      try {
        return begun(TIMEOUT_SECONDS, lockMillis, work);
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
   * Runs user code and then engine work in one transaction. Its locks wait as long as the user code
   * may take; the time is that of its end.
   */
  public <U> void withUserCode(Duration timeout, Supplier<U> userCode, BiConsumer<Tx, U> work) {
    begun(
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
    doubts.settle();
  }

  private <T extends @Nullable Object> T begun(
      int timeoutSeconds, long lockMillis, Function<Tx, T> work) {
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
    platform.apart().execute(begun);
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
    Duration atMost = Duration.ofMillis(halfLease());
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
    try {
      manager().setTransactionTimeout(timeoutSeconds);
      manager().begin();
      try {
        T result;
        try (Session session = session()) {
          if (lockMillis > 0) {
            session.bound(lockMillis, halfLease());
            reached.run();
          }
          tx = new Tx(session, clock, lockMillis > 0 ? Tx.Owner.ENGINE : Tx.Owner.ATTEMPT);
          result = work.apply(tx);
          ledger.write(tx);
          session.flush();
        }
        refuseMarked();
        try {
          end = Tx.End.UNKNOWN;
          commit();
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
          rollbackUnless(end == Tx.End.COMMITTED);
          manager().setTransactionTimeout(0);
        } finally {
          if (tx != null && !doubtful) {
            ended(tx, end);
          }
        }
      }
    } catch (SystemException | NotSupportedException e) {
      throw new SynchronikException("The transaction manager failed: " + e.getMessage(), e);
    }
  }

  private <T extends @Nullable Object> T within(
      Transaction transaction, long lockMillis, Function<Tx, T> work) {
    try (Session session = session()) {
      session.boundWhenNeeded(lockMillis);
      Tx tx = new Tx(session, clock, Tx.Owner.CALLER);
      boolean done = false;
      try {
        T result = work.apply(tx);
        ledger.write(tx);
        session.flush();
        transaction.registerSynchronization(new AfterCompletion(end -> endedByCaller(tx, end)));
        done = true;
        return result;
      } finally {
        if (session.hasLocked()) {
          open(transaction, session.backend());
        }
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

  private void open(Transaction transaction, int backend) throws SystemException {
    if (callers.changed(transaction, backend)) {
      try {
        transaction.registerSynchronization(new AfterCompletion(end -> callers.ended(transaction)));
      } catch (RollbackException e) {
        // It is going to end
        callers.ended(transaction);
      }
    }
  }

  private void endedByCaller(Tx tx, Tx.End end) {
    Consumer<Session> marker = tx.marker();
    if (end == Tx.End.UNKNOWN && marker != null) {
      doubts.add(tx, marker);
    } else {
      ended(tx, end);
    }
  }

  private void ended(Tx tx, Tx.End end) {
    ledger.ended(tx, end);
    tx.ended(end);
  }

  private static final class AfterCompletion implements Synchronization {
    private final Consumer<Tx.End> ended;
    private boolean isCommitting;

    AfterCompletion(Consumer<Tx.End> ended) {
      this.ended = ended;
    }

    @Override
    public void beforeCompletion() {
      isCommitting = true;
    }

    @Override
    public void afterCompletion(int status) {
      // A transaction manager takes it for a rollback too when the answer to a commit is lost
      boolean rolledBack = status == Status.STATUS_ROLLEDBACK && !isCommitting;
      ended.accept(
          status == Status.STATUS_COMMITTED
              ? Tx.End.COMMITTED
              : rolledBack ? Tx.End.ROLLED_BACK : Tx.End.UNKNOWN);
    }
  }

  private void refuseMarked() throws SystemException {
    if (manager().getStatus() == Status.STATUS_MARKED_ROLLBACK) {
      throw new TransactionRolledBack(null);
    }
  }

  private void commit() {
    try {
      manager().commit();
    } catch (RollbackException | HeuristicMixedException | HeuristicRollbackException e) {
      throw new TransactionRolledBack(e);
    } catch (SystemException e) {
      throw new SynchronikException("The transaction manager failed: " + e.getMessage(), e);
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
