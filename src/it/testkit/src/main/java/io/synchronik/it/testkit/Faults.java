package io.synchronik.it.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes one statement or one commit of a node's connections fail. It strikes at the connection of
 * the driver: below the pool, and below the XA resource, so that the transaction manager sees what
 * these make of it. Given to {@link NodeBuilder#faults}.
 */
public final class Faults {
  private static final Map<String, Faults> BY_CLIENT = new ConcurrentHashMap<>();

  /** So many statements of the node later a late commit comes true. */
  private static final int LATE_BY = 10;

  /** What a commit is called in a {@link Hit}. */
  public static final String COMMIT = "commit";

  private volatile @Nullable Trap trap;
  private volatile @Nullable Consumer<Hit> watcher;
  private final AtomicLong statements = new AtomicLong();
  private final Map<Connection, LateCommit> late = new ConcurrentHashMap<>();

  /** What goes wrong. */
  public enum Kind {
    /** A statement fails before it is executed; its connection and transaction go on. */
    STATEMENT_FAILS,
    /** The connection is gone when a statement is to be executed. */
    LOST_AT_STATEMENT,
    /** The driver throws an {@code Error} instead of executing a statement. */
    ERROR_AT_STATEMENT,
    /** The database rolls back instead of committing; the connection goes on. */
    COMMIT_REFUSED,
    /** The connection is gone when the commit is to be sent. */
    LOST_BEFORE_COMMIT,
    /** The commit comes true, but its answer and the connection are lost. */
    LOST_AFTER_COMMIT,
    /**
     * The answer and the connection are lost while the database is at the commit; it comes true
     * some statements later.
     */
    LATE_COMMIT;

    /** Returns whether commits are hit, and not statements. */
    public boolean atCommit() {
      return compareTo(COMMIT_REFUSED) >= 0;
    }
  }

  /**
   * What was hit, or watched.
   *
   * @param thread name of the thread that executed it
   * @param what the statement, or {@link #COMMIT}
   */
  public record Hit(String thread, String what) {}

  /** One fault that is to come. */
  public static final class Trap {
    private final Kind kind;
    private final int at;
    private final Predicate<Thread> whose;
    private final AtomicInteger seen = new AtomicInteger();
    private volatile @Nullable Hit hit;

    private Trap(Kind kind, int at, Predicate<Thread> whose) {
      this.kind = kind;
      this.at = at;
      this.whose = whose;
    }

    /** Returns how many statements, or commits, have come by. */
    public int seen() {
      return seen.get();
    }

    /** Returns what was hit; empty before. */
    public Optional<Hit> hit() {
      return Optional.ofNullable(hit);
    }

    private boolean strikes(boolean commit, String what) {
      Thread thread = Thread.currentThread();
      if (kind.atCommit() != commit || !whose.test(thread) || seen.incrementAndGet() != at) {
        return false;
      }
      hit = new Hit(thread.getName(), what);
      return true;
    }
  }

  /**
   * Sets a trap in place of the one before.
   *
   * @param kind what goes wrong
   * @param at which statement or commit is hit, from 1; they count from now on
   * @param whose on which threads they count
   */
  public Trap set(Kind kind, int at, Predicate<Thread> whose) {
    Trap set = new Trap(kind, at, whose);
    trap = set;
    return set;
  }

  /** Takes the trap and the watcher away. */
  public void clear() {
    trap = null;
    watcher = null;
  }

  /**
   * Sets a watcher in place of the one before.
   *
   * @param told of each statement that is about to be executed, and of each commit that came true,
   *     on the thread that waits for the answer: it comes when the watcher returns
   */
  public void watch(Consumer<Hit> told) {
    watcher = told;
  }

  private void tell(String what) {
    Consumer<Hit> told = watcher;
    if (told != null) {
      told.accept(new Hit(Thread.currentThread().getName(), what));
    }
  }

  static void register(String client, Faults faults) {
    BY_CLIENT.put(client, faults);
  }

  static void forget(String client) {
    BY_CLIENT.remove(client);
  }

  /** Returns the faults of a client; empty ones for others. */
  static Faults of(String client) {
    return BY_CLIENT.getOrDefault(client, new Faults());
  }

  void beforeStatement(Connection physical, String sql) throws SQLException {
    tell(sql);
    long now = statements.incrementAndGet();
    late.values().forEach(commit -> commit.at(now));
    Trap set = trap;
    if (set == null || !set.strikes(false, sql)) {
      return;
    }
    if (set.kind == Kind.STATEMENT_FAILS) {
      throw new SQLException("Fault before: " + sql, "58030");
    }
    if (set.kind == Kind.ERROR_AT_STATEMENT) {
      throw new NoClassDefFoundError("Fault before: " + sql);
    }
    drop(physical);
    throw lost("at the statement " + sql);
  }

  /** Work of the driver. */
  interface Call {
    /** Does it. */
    @Nullable Object run() throws Throwable;
  }

  @Nullable Object commit(Connection physical, Call commit) throws Throwable {
    Trap set = trap;
    if (set == null || !set.strikes(true, COMMIT)) {
      Object done = commit.run();
      tell(COMMIT);
      return done;
    }
    switch (set.kind) {
      case COMMIT_REFUSED -> {
        try (Statement statement = physical.createStatement()) {
          statement.execute("rollback");
        }
        throw new SQLException("Fault: the commit is refused", "40001");
      }
      case LOST_BEFORE_COMMIT -> {
        drop(physical);
        throw lost("before the commit");
      }
      case LATE_COMMIT -> {
        late.put(physical, new LateCommit(statements.get() + LATE_BY, physical, commit));
        throw lost("while it commits");
      }
      default -> {
        commit.run();
        drop(physical);
        tell(COMMIT);
        throw lost("after the commit");
      }
    }
  }

  /** Tells whether a connection is lost to the client, and in the middle of a commit. */
  boolean isLate(Connection physical) {
    return late.containsKey(physical);
  }

  private final class LateCommit {
    private final long due;
    private final Connection physical;
    private final Call commit;
    private final AtomicBoolean begun = new AtomicBoolean();

    LateCommit(long due, Connection physical, Call commit) {
      this.due = due;
      this.physical = physical;
      this.commit = commit;
    }

    /** So many statements have come by. */
    void at(long statement) {
      if (statement >= due && begun.compareAndSet(false, true)) {
        try {
          commit.run();
          late.remove(physical);
          drop(physical);
        } catch (Throwable e) {
          throw new IllegalStateException("The late commit failed", e);
        }
      }
    }
  }

  /** Ends the connection without a word to the server; what is not committed is rolled back. */
  private static void drop(Connection physical) throws SQLException {
    physical.abort(Runnable::run);
    physical.close();
  }

  static SQLException lost(String when) {
    return new SQLException("Fault: the connection is lost " + when, "08006");
  }
}
