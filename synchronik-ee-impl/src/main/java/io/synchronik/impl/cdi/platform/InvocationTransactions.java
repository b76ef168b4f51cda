package io.synchronik.impl.cdi.platform;

import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;

/**
 * Payara's transaction manager. Connections are enlisted in the transaction of the thread's
 * invocation, which {@code begin} does not set, so that they would commit by themselves; {@code
 * resume} sets it and {@code suspend} clears it. {@code UserTransaction} sets it too but is
 * forbidden inside transactional methods of beans.
 *
 * <p>{@code resume} also enlists every connection that the thread's component holds open, those of
 * a suspended transaction too, which would commit with this one. So a transaction begins in an
 * invocation of no component: see {@link ContextPool}.
 */
final class InvocationTransactions implements TransactionManager {
  private final TransactionManager server;

  InvocationTransactions(TransactionManager server) {
    this.server = server;
  }

  @Override
  public void begin() throws NotSupportedException, SystemException {
    server.begin();
    try {
      server.resume(server.suspend());
    } catch (InvalidTransactionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void commit()
      throws RollbackException,
          HeuristicMixedException,
          HeuristicRollbackException,
          SystemException {
    try {
      server.commit();
    } finally {
      server.suspend();
    }
  }

  @Override
  public void rollback() throws SystemException {
    try {
      server.rollback();
    } finally {
      server.suspend();
    }
  }

  @Override
  public int getStatus() throws SystemException {
    return server.getStatus();
  }

  @Override
  public Transaction getTransaction() throws SystemException {
    return server.getTransaction();
  }

  @Override
  public void resume(Transaction transaction) throws InvalidTransactionException, SystemException {
    server.resume(transaction);
  }

  @Override
  public void setRollbackOnly() throws SystemException {
    server.setRollbackOnly();
  }

  @Override
  public void setTransactionTimeout(int seconds) throws SystemException {
    server.setTransactionTimeout(seconds);
  }

  @Override
  public Transaction suspend() throws SystemException {
    return server.suspend();
  }
}
