package io.synchronik.it.serverless;

import jakarta.transaction.Status;
import jakarta.transaction.TransactionManager;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** What application code does to the thread that calls it, whatever it was called for. */
enum Hostile {
  /** An error that cannot be asked anything. */
  MUTE {
    @Override
    void act(TransactionManager transactions) {
      throw new Mute();
    }
  },
  /** Something that no method may throw. */
  NO_EXCEPTION {
    @Override
    void act(TransactionManager transactions) {
      throw Hostile.<RuntimeException>unchecked(new NoException());
    }
  },
  DEEP {
    @Override
    @SuppressWarnings("InfiniteRecursion") // that is the point
    void act(TransactionManager transactions) {
      act(transactions);
    }
  },
  DEATH {
    @Override
    void act(TransactionManager transactions) {
      throw new ThreadDeath();
    }
  },
  LARGE {
    @Override
    void act(TransactionManager transactions) {
      throw new OutOfMemoryError(Large.TEXT);
    }
  },
  CIRCLE {
    @Override
    void act(TransactionManager transactions) {
      AssertionError first = new AssertionError("first");
      first.initCause(new AssertionError("second", first));
      throw first;
    }
  },
  OPEN_TRANSACTION {
    @Override
    void act(TransactionManager transactions) throws Exception {
      if (transactions.getStatus() == Status.STATUS_NO_TRANSACTION) {
        transactions.begin();
      } else {
        var unused = transactions.suspend();
      }
    }
  },
  CHANGED_THREAD {
    @Override
    @SuppressWarnings("ThreadPriorityCheck") // somebody will
    void act(TransactionManager transactions) {
      Thread thread = Thread.currentThread();
      thread.setName("mine");
      thread.setPriority(Thread.MIN_PRIORITY);
      thread.setContextClassLoader(null);
      thread.interrupt();
    }
  };

  /** What an earlier call has left behind. */
  static final Queue<String> LEFT = new ConcurrentLinkedQueue<>();

  abstract void act(TransactionManager transactions) throws Exception;

  /** Returns whether it fails what it was called for. */
  boolean fails() {
    return this != CHANGED_THREAD;
  }

  /** Looks at what the call before has left, and acts. */
  void strike(String where, TransactionManager transactions, boolean inside) throws Exception {
    Thread thread = Thread.currentThread();
    look(where, "name", true, thread.getName().startsWith("synchronik-"));
    look(where, "priority", Thread.NORM_PRIORITY, thread.getPriority());
    look(where, "loader", true, thread.getContextClassLoader() != null);
    look(where, "interrupted", false, thread.isInterrupted());
    int status = inside ? Status.STATUS_ACTIVE : Status.STATUS_NO_TRANSACTION;
    look(where, "transaction", status, transactions.getStatus());
    act(transactions);
  }

  private void look(String where, String what, Object wanted, Object found) {
    if (!Objects.equals(wanted, found)) {
      LEFT.add(where + " before " + this + ": " + what + " " + found);
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
    throw (T) thrown;
  }

  private static final class Large {
    static final String TEXT = "x".repeat(50_000_000);
  }

  private static final class NoException extends Throwable {
    private static final long serialVersionUID = 1L;

    @Override
    @SuppressWarnings("NullAway") // as hostile as that
    public StackTraceElement @Nullable [] getStackTrace() {
      return null;
    }
  }

  private static final class Mute extends Error {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new Mute();
    }

    @Override
    public String toString() {
      throw new Mute();
    }

    @Override
    public synchronized Throwable getCause() {
      throw new Mute();
    }

    @Override
    public void printStackTrace(java.io.PrintWriter to) {
      throw new Mute();
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      throw new Mute();
    }
  }
}
