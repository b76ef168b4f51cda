package io.synchronik.impl.tx;

import io.synchronik.event.SynchronikEvent;
import io.synchronik.impl.audit.Act;
import io.synchronik.impl.settings.DatabaseClock;
import io.synchronik.impl.store.jdbc.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One transaction: its session, its time, the events it makes true, and what follows its commit.
 */
public final class Tx {
  /** How a transaction ended. */
  public enum End {
    /** It came true. */
    COMMITTED,
    /** It did not. */
    ROLLED_BACK,
    /** The answer to the commit was lost, which decides nothing: the rows tell. */
    UNKNOWN
  }

  /** Whose work it is. */
  enum Owner {
    /** The engine's alone. */
    ENGINE,
    /** An attempt's, which the engine begins and ends. */
    ATTEMPT,
    /** A caller's. */
    CALLER
  }

  private final Session session;
  private final DatabaseClock clock;
  private final Owner owner;
  private Instant now;
  private final List<SynchronikEvent> events = new ArrayList<>();
  private final List<@Nullable Duration> measures = new ArrayList<>();
  private final List<Act> acts = new ArrayList<>();
  private @Nullable String batch;
  private final List<Runnable> afterCommit = new ArrayList<>();
  private final List<Runnable> afterRollback = new ArrayList<>();
  private @Nullable Consumer<Session> marker;
  private boolean asked;

  Tx(Session session, DatabaseClock clock, Owner owner) {
    this.owner = owner;
    this.session = session;
    this.clock = clock;
    this.now = clock.instant();
  }

  public Session session() {
    return session;
  }

  /** Tells whether it is a caller's, who ends it when he likes. */
  public boolean isJoined() {
    return owner == Owner.CALLER;
  }

  /** Tells whether nobody but the engine works in it, so that it ends in a moment. */
  public boolean isAlone() {
    return owner == Owner.ENGINE;
  }

  /** Database time at the beginning, or after the user code; it never goes back. */
  public Instant now() {
    return now;
  }

  /** What the database's clock shows, also where it was put back: schedules go by it. */
  public Instant databaseTime() {
    return clock.inDatabase(now);
  }

  /** Goes on to the time after user code has run. */
  void advance() {
    now = clock.instant();
  }

  public List<SynchronikEvent> events() {
    return events;
  }

  /** Returns what is measured of each event: how late a start is, how long a failed run took. */
  public List<@Nullable Duration> measures() {
    return measures;
  }

  /** Says what is done for whoever asks for it: written down with the events. */
  public void did(Act act) {
    acts.add(act);
  }

  /** Returns what is done for whoever asks. */
  public List<Act> acts() {
    return acts;
  }

  /** Returns the id of the batch that the events are, given with the first of them. */
  public String batch(Supplier<String> id) {
    if (batch == null) {
      batch = id.get();
    }
    return batch;
  }

  /** Adds something that only sets a flag or fills a queue: no JTA, JDBC or user code. */
  public void afterCommit(Runnable signal) {
    afterCommit.add(signal);
  }

  /**
   * The same for a rollback. It follows also a commit whose answer was lost, unless what was
   * written is {@linkplain #mark marked}.
   */
  public void afterRollback(Runnable signal) {
    afterRollback.add(signal);
  }

  /**
   * Says by what it can be seen whether the transaction came true when the answer to its commit is
   * lost.
   *
   * @param again inserts a row that this transaction inserts and no other ever does, once more:
   *     that is refused when it came true, waits as long as the database is still at it, and is
   *     rolled back else
   */
  public void mark(Consumer<Session> again) {
    marker = again;
  }

  /** Somebody asks for what is done, who must be told the truth of what became of it. */
  void asked() {
    asked = true;
  }

  /** Tells whether nobody could tell whether it came true when the answer to its commit is lost. */
  boolean lacksMark() {
    boolean isFollowed = !afterCommit.isEmpty() || !afterRollback.isEmpty();
    return asked && marker == null && (isFollowed || session.hasLocked());
  }

  @Nullable Consumer<Session> marker() {
    return marker;
  }

  /** The same for any end. */
  public void afterEnd(Runnable signal) {
    afterCommit(signal);
    afterRollback(signal);
  }

  void ended(End end) {
    FirstFailure failure = new FirstFailure();
    (end == End.COMMITTED ? afterCommit : afterRollback).forEach(failure::guard);
    failure.rethrow();
  }
}
