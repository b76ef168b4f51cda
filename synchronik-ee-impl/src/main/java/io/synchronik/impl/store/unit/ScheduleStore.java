package io.synchronik.impl.store.unit;

import io.synchronik.impl.store.jdbc.Bulk;
import io.synchronik.impl.store.jdbc.Dialect;
import io.synchronik.impl.store.jdbc.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code sk_schedule}: the truth about time. */
public final class ScheduleStore {
  /**
   * A schedule as it stands.
   *
   * @param unit the unit
   * @param n which of its schedules
   * @param expression all of the schedule in one line
   * @param nextDue with jitter; null when it waits for a run to end, or is over
   * @param jitterMillis the random part of {@code nextDue}
   * @param lastDue the latest due time that was dealt with, without jitter; later than what is due
   *     where the clock was put back
   * @param misfires firings that came late
   */
  public record Stand(
      String unit,
      int n,
      String expression,
      @Nullable Instant nextDue,
      long jitterMillis,
      @Nullable Instant lastDue,
      long misfires) {
    /** Returns whether a due time may have been dealt with before: the clock was put back. */
    public boolean isAgain(Instant due) {
      return lastDue != null && !due.isAfter(lastDue);
    }

    /** Returns the schedule with another due time. */
    public Stand withNextDue(@Nullable Instant next) {
      return new Stand(unit, n, expression, next, 0, lastDue, misfires);
    }
  }

  /**
   * A firing to win.
   *
   * @param unit the unit
   * @param n which of its schedules
   * @param expression what the schedule must still be
   * @param due what its next due time must still be
   * @param next the new next due time with jitter
   * @param jitterMillis the random part of {@code next}
   * @param lastDue the latest due time that was ever dealt with, without jitter
   * @param misfires how many more
   */
  public record Firing(
      String unit,
      int n,
      String expression,
      Instant due,
      @Nullable Instant next,
      long jitterMillis,
      Instant lastDue,
      int misfires) {}

  /**
   * A schedule that is to run its unit.
   *
   * @param expression all of the schedule in one line
   * @param nextDue its next due time, without jitter; null for none, or for none yet
   * @param pausedBy who has paused the unit, null for nobody
   * @param pausedUntil when the pause ends by itself, null for never
   */
  public record Ahead(
      String expression,
      @Nullable Instant nextDue,
      @Nullable String pausedBy,
      @Nullable Instant pausedUntil) {}

  private static final String COLUMNS =
      "select unit, n, expression, next_due, jitter_ms, last_due, misfires from sk_schedule ";

  private static final Bulk ADVANCE_IN_H2 = advance(Dialect.H2);
  private static final Bulk ADVANCE_IN_POSTGRESQL = advance(Dialect.POSTGRESQL);

  private static Bulk advance(Dialect dialect) {
    return Bulk.of(
        """
        update sk_schedule t set next_due = :next, jitter_ms = :jitter, last_due = :last,
          misfires = t.misfires + :misfires
        where t.app = :app and t.unit = :unit and t.n = :n and t.next_due = :due
          and t.expression = :expression and t.next_due <= %s
          and t.n in (
            select f.n from sk_schedule f where f.app = :app and f.unit = :unit and f.n = :n
            for update skip locked)
        """
            .formatted(dialect.now()),
        "next timestamptz",
        "jitter bigint",
        "last timestamptz",
        "misfires integer",
        "app text",
        "unit text",
        "n integer",
        "due timestamptz",
        "expression text");
  }

  /**
   * Advances each schedule that is still as believed and due, and that nobody else holds; tells for
   * each whether this node won.
   */
  public boolean[] advanceIfDueAndFree(Session session, List<Firing> firings) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Firing firing : firings) {
      rows.add(
          new @Nullable Object[] {
            firing.next,
            firing.jitterMillis,
            firing.lastDue,
            firing.misfires,
            session.app(),
            firing.unit,
            firing.n,
            firing.due,
            firing.expression
          });
    }
    return session.bulk(
        session.dialect() == Dialect.H2 ? ADVANCE_IN_H2 : ADVANCE_IN_POSTGRESQL, rows);
  }

  /** Gives schedules that wait for a run's end their next due time, unless the unit is disabled. */
  public void armIfWaiting(Session session, String unit, Instant next, long jitterMillis) {
    session.update(
        """
        update sk_schedule set next_due = ?, jitter_ms = ?
        where app = ? and unit = ? and next_due is null and exists (
          select 1 from sk_unit u
          where u.app = sk_schedule.app and u.id = sk_schedule.unit and u.enabled)
        """,
        next,
        jitterMillis,
        session.app(),
        unit);
  }

  /**
   * Gives schedules that are still as believed, wait for a run's end and that nobody else holds
   * their next due time, unless the unit is disabled; tells whether it did.
   */
  public boolean armIfWaitingAndFree(
      Session session, String unit, String expression, Instant next, long jitterMillis) {
    return session.update(
            """
            update sk_schedule set next_due = ?, jitter_ms = ?
            where app = ? and unit = ? and expression = ? and next_due is null and exists (
              select 1 from sk_unit u
              where u.app = sk_schedule.app and u.id = sk_schedule.unit and u.enabled)
              and n in (
                select f.n from sk_schedule f where f.app = ? and f.unit = ?
                for update skip locked)
            """,
            next,
            jitterMillis,
            session.app(),
            unit,
            expression,
            session.app(),
            unit)
        > 0;
  }

  /** Tells whether an enabled unit's schedule is still as believed and waits for a run's end. */
  public boolean isWaiting(Session session, String unit, String expression) {
    return session
        .first(
            """
            select 1 from sk_schedule s join sk_unit u on u.app = s.app and u.id = s.unit
            where s.app = ? and s.unit = ? and s.expression = ? and s.next_due is null and u.enabled
            """,
            row -> row.number(1),
            session.app(),
            unit,
            expression)
        .isPresent();
  }

  /** Locks those of some units' schedules that nobody else holds; returns the units. */
  public Set<String> lockFree(Session session, Collection<String> units) {
    return new HashSet<>(
        session.list(
            "select unit from sk_schedule where app = ? and unit = any(?) for update skip locked",
            row -> row.text(1),
            session.app(),
            units));
  }

  /** Returns enabled units' schedules without due time though no run that they began is open. */
  public List<Stand> withoutDueAndRun(Session session) {
    return session.list(
        """
        select s.unit, s.n, s.expression, s.next_due, s.jitter_ms, s.last_due, s.misfires
        from sk_schedule s join sk_unit u on u.app = s.app and u.id = s.unit
        where s.app = ? and s.next_due is null and u.enabled and not u.releasing and not exists (
          select 1 from sk_run r where r.app = s.app and r.unit = s.unit
            and r.cause = 'schedule'
            and r.state in ('submitted', 'ready', 'waiting', 'running'))
        """,
        ScheduleStore::read,
        session.app());
  }

  /** Sets a unit's schedule: inserts it, or replaces it when it is another one. */
  public void put(
      Session session, String unit, String expression, @Nullable Instant next, long jitterMillis) {
    int updated =
        session.update(
            """
            update sk_schedule set expression = ?, next_due = ?, jitter_ms = ?
            where app = ? and unit = ? and n = 0
            """,
            expression,
            next,
            jitterMillis,
            session.app(),
            unit);
    if (updated == 0) {
      session.update(
          """
          insert into sk_schedule (app, unit, n, expression, next_due, jitter_ms, misfires)
          values (?, ?, 0, ?, ?, ?, 0)
          """,
          session.app(),
          unit,
          expression,
          next,
          jitterMillis);
    }
  }

  /** Takes the due times from a disabled unit's schedules. */
  public void silence(Session session, String unit) {
    session.update(
        "update sk_schedule set next_due = null where app = ? and unit = ?", session.app(), unit);
  }

  /** Removes a unit's schedules. */
  public void remove(Session session, String unit) {
    session.update("delete from sk_schedule where app = ? and unit = ?", session.app(), unit);
  }

  /** Locks a unit's schedules and returns them. */
  public List<Stand> lock(Session session, String unit) {
    return session.list(
        COLUMNS + "where app = ? and unit = ? order by n for update",
        ScheduleStore::read,
        session.app(),
        unit);
  }

  /**
   * Tells whether somebody else holds schedules of a unit that this transaction holds, though it
   * has found none to lock before: whoever does may wait for the unit, and must not be waited for.
   */
  public boolean isHeldLate(Session session, String unit) {
    Set<String> one = Set.of(unit);
    return !of(session, one).isEmpty() && lockFree(session, one).isEmpty();
  }

  /** Returns the schedules of some units. */
  public List<Stand> of(Session session, Collection<String> units) {
    return session.list(
        COLUMNS + "where app = ? and unit = any(?)", ScheduleStore::read, session.app(), units);
  }

  /** Returns all schedules of the application. */
  public List<Stand> all(Session session) {
    return session.list(COLUMNS + "where app = ?", ScheduleStore::read, session.app());
  }

  /**
   * Returns the schedules of units that are enabled.
   *
   * @param unit of this unit alone; null for all
   */
  public List<Ahead> ahead(Session session, @Nullable String unit) {
    List<Object> values = new ArrayList<>(List.of(session.app()));
    if (unit != null) {
      values.add(unit);
    }
    return session.list(
        """
        select s.expression, s.next_due, s.jitter_ms, u.paused_by, u.paused_until
        from sk_schedule s join sk_unit u on u.app = s.app and u.id = s.unit
        where s.app = ?%s and u.enabled and not u.releasing
        """
            .formatted(unit == null ? "" : " and s.unit = ?"),
        row -> new Ahead(row.text(1), dueOrNull(row), row.textOrNull(4), row.atOrNull(5)),
        values.toArray());
  }

  private static @Nullable Instant dueOrNull(Session.Row row) throws java.sql.SQLException {
    Instant next = row.atOrNull(2);
    return next == null ? null : next.minusMillis(row.big(3));
  }

  private static Stand read(Session.Row row) throws java.sql.SQLException {
    return new Stand(
        row.text(1),
        row.number(2),
        row.text(3),
        row.atOrNull(4),
        row.big(5),
        row.atOrNull(6),
        row.big(7));
  }
}
