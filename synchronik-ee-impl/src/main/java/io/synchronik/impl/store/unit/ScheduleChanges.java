package io.synchronik.impl.store.unit;

import io.synchronik.impl.store.jdbc.Session;
import java.time.Instant;
import java.util.List;

/** {@code sk_schedule_change}: what schedules units have had, and whether they were enabled. */
public final class ScheduleChanges {
  /** So many changes of one unit are kept. */
  private static final int MOST = 500;

  /**
   * What is so from a time on.
   *
   * @param at since when
   * @param expression all of the schedule in one line; empty for none
   * @param enabled whether it is to run the unit
   */
  public record Change(Instant at, String expression, boolean enabled) {}

  /**
   * Writes down how a unit's schedule stands now, behind a change of it in the same transaction.
   *
   * @param id larger than those of all changes before
   */
  public void note(Session session, String unit, String id, Instant at) {
    session.update(
        """
        insert into sk_schedule_change (app, unit, id, at, expression, enabled)
        select u.app, u.id, ?, ?, coalesce((select s.expression from sk_schedule s
          where s.app = u.app and s.unit = u.id and s.n = 0), ''), u.enabled
        from sk_unit u where u.app = ? and u.id = ?
        """,
        id,
        at,
        session.app(),
        unit);
    session.update(
        """
        delete from sk_schedule_change where app = ? and unit = ? and id in (
          select id from sk_schedule_change where app = ? and unit = ?
          order by id desc limit 100 offset ?)
        """,
        session.app(),
        unit,
        session.app(),
        unit,
        MOST);
  }

  /** Returns the changes of a unit that are kept, the latest first. */
  public List<Change> latest(Session session, String unit) {
    return session.list(
        """
        select at, expression, enabled from sk_schedule_change
        where app = ? and unit = ? order by id desc limit ?
        """,
        row -> new Change(row.at(1), row.text(2), row.flag(3)),
        session.app(),
        unit,
        MOST);
  }
}
