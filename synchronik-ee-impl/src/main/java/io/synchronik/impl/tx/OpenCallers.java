package io.synchronik.impl.tx;

import jakarta.transaction.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Transactions of callers in this JVM that have changed what the engine works with. */
public final class OpenCallers {
  private static final String OF_THE_ENGINE = "io.synchronik.impl.";

  /** A caller whose transaction is open. */
  public static final class Caller {
    private final Thread thread = Thread.currentThread();
    private final String name = thread.getName();
    private final long sinceNanos = System.nanoTime();
    private final int backend;
    private boolean isTold;

    private Caller(int backend) {
      this.backend = backend;
    }

    /** Returns for how long it is open, since the engine was first asked to change something. */
    public Duration age() {
      return Duration.ofNanos(System.nanoTime() - sinceNanos);
    }

    /** Returns the thread that has called. */
    public String thread() {
      return name;
    }

    /** Returns what the thread is at, of the application's code; null when that is not known. */
    public @Nullable String at() {
      for (StackTraceElement at : thread.getStackTrace()) {
        String type = at.getClassName();
        boolean platform = type.startsWith("java.") || type.startsWith("jdk.");
        if (!platform && !type.startsWith(OF_THE_ENGINE)) {
          return at.toString();
        }
      }
      return null;
    }
  }

  /**
   * What has changed since the last look.
   *
   * @param open callers that have become too old
   * @param over callers that were told as such and have ended
   */
  public record Changes(List<Caller> open, List<Caller> over) {}

  private final Map<Transaction, Caller> callers = new ConcurrentHashMap<>();
  private final Set<Caller> told = new HashSet<>();

  /** Notes a transaction; returns whether it is new. */
  boolean changed(Transaction transaction, int backend) {
    return callers.putIfAbsent(transaction, new Caller(backend)) == null;
  }

  void ended(Transaction transaction) {
    callers.remove(transaction);
  }

  /** Returns the database's numbers of the callers' connections, where it has such. */
  public Set<Integer> backends() {
    Set<Integer> backends = new HashSet<>();
    callers.values().forEach(caller -> backends.add(caller.backend));
    return backends;
  }

  /**
   * Returns callers that have become older than so much, once each, and once when they are over.
   */
  public synchronized Changes changes(Duration most) {
    Set<Caller> present = new HashSet<>(callers.values());
    List<Caller> open = new ArrayList<>();
    for (Caller caller : present) {
      if (!caller.isTold && caller.age().compareTo(most) > 0) {
        caller.isTold = true;
        told.add(caller);
        open.add(caller);
      }
    }
    List<Caller> over = new ArrayList<>(told);
    over.removeAll(present);
    over.forEach(told::remove);
    return new Changes(open, over);
  }
}
