package io.synchronik.impl.tx;

import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.run.SynchronikException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Work in transactions of callers, who end them. */
final class JoinedTransactions {
  private final TxWork inside;
  private final BiConsumer<Tx, Consumer<Session>> doubtful;
  private final OpenCallers callers = new OpenCallers();

  /**
   * Creates it.
   *
   * @param doubtful told of a transaction whose end is not known, with its marker
   */
  JoinedTransactions(TxWork inside, BiConsumer<Tx, Consumer<Session>> doubtful) {
    this.inside = inside;
    this.doubtful = doubtful;
  }

  OpenCallers callers() {
    return callers;
  }

  <T extends @Nullable Object> T join(
      Transaction transaction, long lockMillis, Function<Tx, T> work) {
    try (Session session = inside.sessions().get()) {
      session.boundWhenNeeded(lockMillis);
      Tx tx = inside.begin(session, Tx.Owner.CALLER);
      boolean done = false;
      try {
        T result = inside.done(tx, work);
        transaction.registerSynchronization(
            new AfterCompletion(transaction, end -> ended(tx, end)));
        done = true;
        return result;
      } finally {
        if (session.hasLocked()) {
          open(transaction, session.backend());
        }
        if (!done) {
          inside.ended(tx, Tx.End.ROLLED_BACK);
        }
      }
    } catch (RollbackException e) {
      throw new SynchronikException("The caller's transaction is marked for rollback", e);
    } catch (SystemException e) {
      throw Demarcation.failed(e);
    }
  }

  private void open(Transaction transaction, int backend) throws SystemException {
    if (callers.changed(transaction, backend)) {
      try {
        transaction.registerSynchronization(
            new AfterCompletion(transaction, end -> callers.ended(transaction)));
      } catch (RollbackException e) {
        // It is going to end
        callers.ended(transaction);
      }
    }
  }

  private void ended(Tx tx, Tx.End end) {
    Consumer<Session> marker = tx.marker();
    if (end == Tx.End.UNKNOWN && marker != null) {
      doubtful.accept(tx, marker);
    } else {
      inside.ended(tx, end);
    }
  }

  private static final class AfterCompletion implements Synchronization {
    /** What Narayana writes of a transaction of which it does not know how it ended. */
    private static final String HEURISTIC = "ActionStatus.H_";

    private final Transaction transaction;
    private final Consumer<Tx.End> ended;
    private boolean isCommitting;

    AfterCompletion(Transaction transaction, Consumer<Tx.End> ended) {
      this.transaction = transaction;
      this.ended = ended;
    }

    @Override
    public void beforeCompletion() {
      isCommitting = true;
    }

    @Override
    public void afterCompletion(int status) {
      // When a commit is refused, or its answer lost, it is a rollback for one transaction manager,
      // and a commit for another one, which tells what it knows only in words
      boolean committed =
          status == Status.STATUS_COMMITTED && !transaction.toString().contains(HEURISTIC);
      boolean rolledBack = status == Status.STATUS_ROLLEDBACK && !isCommitting;
      ended.accept(committed ? Tx.End.COMMITTED : rolledBack ? Tx.End.ROLLED_BACK : Tx.End.UNKNOWN);
    }
  }
}
