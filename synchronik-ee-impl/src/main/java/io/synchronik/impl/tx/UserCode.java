package io.synchronik.impl.tx;

import io.synchronik.impl.settings.Message;
import io.synchronik.run.WrongStateException;
import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The boundary around application code: whatever it throws becomes a value, and afterwards the
 * thread is as it was before.
 */
public final class UserCode {
  private static final Logger LOG = System.getLogger(UserCode.class.getName());

  private final TransactionManager transactions;
  private final Requests requests;

  /** Request contexts for code that has none. */
  @FunctionalInterface
  public interface Requests {
    /** Begins a request context on this thread, unless there is one; returns what ends it. */
    Runnable begin();
  }

  /** Code that may throw. */
  @FunctionalInterface
  public interface Code<T extends @Nullable Object, X extends Throwable> {
    /** Calls it. */
    T call() throws X;
  }

  /**
   * Creates the boundary.
   *
   * @param transactions tells which transaction a thread is in
   * @param requests for code that is called without an instance
   */
  public UserCode(TransactionManager transactions, Requests requests) {
    this.transactions = transactions;
    this.requests = requests;
  }

  /** What application code may leave changed. */
  private record Surroundings(
      String name,
      int priority,
      @Nullable ClassLoader loader,
      boolean interrupted,
      boolean engine,
      @Nullable Transaction transaction) {}

  /**
   * Calls application code on this thread.
   *
   * @param code what is called
   * @param otherwise what becomes of what it throws; called behind the boundary
   */
  public <T extends @Nullable Object> T call(Callable<T> code, Function<Throwable, T> otherwise) {
    Surroundings before = surroundings();
    T result;
    try {
      result = code.call();
    } catch (Throwable e) {
      // Whatever application code throws ends what it was called for and nothing else
      restore(before);
      return otherwise.apply(e);
    }
    Throwable left = restore(before);
    return left == null ? result : otherwise.apply(left);
  }

  /**
   * Calls application code on a thread of the application, for a change that follows on it: all but
   * the transaction of that thread is the application's own.
   *
   * @throws X what it throws
   * @throws WrongStateException if it left a transaction open, which was rolled back, or ended the
   *     one that it was called in
   */
  public <T extends @Nullable Object, X extends Throwable> T onItsThread(Code<T, X> code) throws X {
    Transaction before = associated();
    T result;
    try {
      result = code.call();
    } catch (Throwable e) {
      restore(before);
      throw e;
    }
    WrongStateException left = restore(before);
    if (left != null) {
      throw left;
    }
    return result;
  }

  /** Calls application code, in a request context, that nothing depends on: a failure is logged. */
  public void tell(String what, Runnable code) {
    Throwable thrown =
        call(
            () -> {
              Runnable request = requests.begin();
              try {
                code.run();
              } finally {
                request.run();
              }
              return null;
            },
            e -> e);
    if (thrown != null) {
      warn(what + " failed; nothing else is affected", thrown);
    }
  }

  /**
   * Calls application code, in a request context, for other application code.
   *
   * @throws Throwable what it throws, or what says that it left something behind
   */
  public <T extends @Nullable Object> T through(Callable<T> code) throws Throwable {
    return this.<Callable<T>>call(
            () -> {
              Runnable request = requests.begin();
              try {
                T result = code.call();
                return () -> result;
              } finally {
                request.run();
              }
            },
            e -> () -> rethrown(e))
        .call();
  }

  /** It may be no exception at all. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T, X extends Throwable> T rethrown(Throwable thrown) throws X {
    throw (X) thrown;
  }

  /** Logs what application code threw. */
  public static void warn(String text, Throwable thrown) {
    try {
      LOG.log(Level.WARNING, text, Failures.loggable(thrown));
    } catch (Throwable e) {
      // No memory, or a log that fails: nothing can be said
    }
  }

  private Surroundings surroundings() {
    Thread thread = Thread.currentThread();
    Transaction transaction = associated();
    return new Surroundings(
        thread.getName(),
        thread.getPriority(),
        thread.getContextClassLoader(),
        thread.isInterrupted(),
        EngineThread.set(false),
        transaction);
  }

  /** Returns the failure that lies in what was left behind, null when there is none. */
  @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it: it is put back
  private @Nullable Throwable restore(Surroundings before) {
    Thread thread = Thread.currentThread();
    if (!before.name.equals(thread.getName())) {
      thread.setName(before.name);
    }
    if (before.priority != thread.getPriority()) {
      thread.setPriority(before.priority);
    }
    if (before.loader != thread.getContextClassLoader()) {
      thread.setContextClassLoader(before.loader);
    }
    try {
      return restore(before.transaction);
    } finally {
      EngineThread.set(before.engine);
      if (before.interrupted) {
        thread.interrupt();
      } else {
        Thread.interrupted();
      }
    }
  }

  private @Nullable WrongStateException restore(@Nullable Transaction before) {
    Transaction now = associated();
    if (Objects.equals(before, now)) {
      return null;
    }
    if (now != null) {
      rollback();
    }
    if (before != null) {
      resume(before);
      return new WrongStateException(Message.TRANSACTION_ENDED.with());
    }
    return new WrongStateException(Message.TRANSACTION_LEFT.with());
  }

  private void rollback() {
    try {
      try {
        transactions.rollback();
      } finally {
        if (transactions.getStatus() != Status.STATUS_NO_TRANSACTION) {
          transactions.suspend();
        }
      }
    } catch (RuntimeException | Error | SystemException e) {
      LOG.log(Level.WARNING, "A transaction that application code left open did not roll back", e);
    }
  }

  /** One that the code has ended itself stays ended. */
  private void resume(Transaction before) {
    try {
      int status = before.getStatus();
      if (status == Status.STATUS_ACTIVE || status == Status.STATUS_MARKED_ROLLBACK) {
        transactions.resume(before);
      }
    } catch (RuntimeException | Error | SystemException | InvalidTransactionException e) {
      LOG.log(Level.WARNING, "A transaction that application code suspended is lost", e);
    }
  }

  private @Nullable Transaction associated() {
    try {
      return transactions.getStatus() == Status.STATUS_NO_TRANSACTION
          ? null
          : transactions.getTransaction();
    } catch (SystemException e) {
      LOG.log(Level.WARNING, "The transaction manager failed", e);
      return null;
    }
  }
}
