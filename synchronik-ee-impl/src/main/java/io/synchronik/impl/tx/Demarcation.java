package io.synchronik.impl.tx;

import io.synchronik.run.SynchronikException;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The present thread's transaction, as the transaction manager begins and ends it. */
final class Demarcation {
  private final TransactionManager manager;

  Demarcation(TransactionManager manager) {
    this.manager = manager;
  }

  /** Returns the thread's transaction, null when there is none. */
  @Nullable Transaction current() {
    try {
      int status = manager.getStatus();
      boolean active = status == Status.STATUS_ACTIVE || status == Status.STATUS_MARKED_ROLLBACK;
      return active ? manager.getTransaction() : null;
    } catch (SystemException e) {
      throw failed(e);
    }
  }

  /** Tells whether the thread is in a transaction that is not marked for rollback. */
  boolean mayCommit() {
    try {
      return manager.getStatus() == Status.STATUS_ACTIVE;
    } catch (SystemException e) {
      throw failed(e);
    }
  }

  /** Does something while the thread's transaction, when there is one, is suspended. */
  <T extends @Nullable Object> T suspended(Supplier<T> work) {
    try {
      Transaction suspended = current() == null ? null : manager.suspend();
      try {
        return work.get();
      } finally {
        if (suspended != null) {
          manager.resume(suspended);
        }
      }
    } catch (SystemException | InvalidTransactionException e) {
      throw failed(e);
    }
  }

  /** Begins one; {@link #end} is to be called whatever becomes of it. */
  void begin(int timeoutSeconds) {
    try {
      manager.setTransactionTimeout(timeoutSeconds);
      manager.begin();
    } catch (SystemException | NotSupportedException e) {
      throw failed(e);
    }
  }

  /** Commits. What it throws decides nothing: the transaction may have come true all the same. */
  void commit() {
    try {
      manager.commit();
    } catch (RollbackException | HeuristicMixedException | HeuristicRollbackException e) {
      throw new TransactionRolledBack(e);
    } catch (SystemException e) {
      throw failed(e);
    }
  }

  void refuseMarked() {
    try {
      if (manager.getStatus() == Status.STATUS_MARKED_ROLLBACK) {
        throw new TransactionRolledBack(null);
      }
    } catch (SystemException e) {
      throw failed(e);
    }
  }

  /** Leaves the thread as it was: in no transaction, and without a timeout for the next. */
  void end(boolean committed) {
    try {
      if (!committed && manager.getStatus() != Status.STATUS_NO_TRANSACTION) {
        manager.rollback();
      }
      manager.setTransactionTimeout(0);
    } catch (SystemException e) {
      throw failed(e);
    }
  }

  static SynchronikException failed(Exception e) {
    return new SynchronikException("The transaction manager failed: " + e.getMessage(), e);
  }
}
