package io.synchronik.impl.store.run;

import io.synchronik.impl.store.jdbc.Session;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Removal of what has become old, in small bites. */
public final class Retention {
  private static final int BITE = 1000;

  /**
   * Part of the statements that find runs: a task of a pool must have taken its end from its run.
   */
  private static final String TOLD =
      """
       and (r.cause <> 'pool' or not exists (
        select 1 from sk_pool_task t
        where t.app = r.app and t.run = r.id and t.state = 'running'))
      """;

  /** Removes final runs that ended before a time; returns how many, at most one bite. */
  public int removeRunsBefore(Session session, Instant time) {
    return remove(
        session,
        session.list(
            "select id from sk_run r where app = ? and ended_at < ? and parent is null"
                + TOLD
                + " order by ended_at limit ?",
            row -> row.text(1),
            session.app(),
            time,
            BITE));
  }

  /** Removes runs with all that is part of them. */
  private static int remove(Session session, Collection<String> runs) {
    if (runs.isEmpty()) {
      return 0;
    }
    removeItems(session, runs);
    session.update("delete from sk_run where app = ? and parent = any(?)", session.app(), runs);
    for (String table : List.of("sk_task", "sk_place", "sk_timer")) {
      session.update(
          "delete from " + table + " where app = ? and run = any(?)", session.app(), runs);
    }
    return session.update("delete from sk_run where app = ? and id = any(?)", session.app(), runs);
  }

  private static void removeItems(Session session, Collection<String> runs) {
    List<Long> sets =
        session.list(
            """
            select s.id from sk_item_set s where s.app = ? and (s.run = any(?) or s.run in (
              select r.id from sk_run r where r.app = ? and r.parent = any(?)))
            """,
            row -> row.big(1),
            session.app(),
            runs,
            session.app(),
            runs);
    if (!sets.isEmpty()) {
      for (String table : List.of("sk_item", "sk_item_count")) {
        session.update(
            "delete from " + table + " where app = ? and item_set = any(?)", session.app(), sets);
      }
      session.update("delete from sk_item_set where app = ? and id = any(?)", session.app(), sets);
    }
  }

  /** Removes final runs of a unit beyond the latest so many; returns how many, at most one bite. */
  public int removeRunsBeyond(Session session, String unit, int keep) {
    List<String> oldest =
        session.list(
            """
            select id from sk_run
            where app = ? and unit = ? and ended_at is not null and parent is null
            order by id desc limit 1 offset ?
            """,
            row -> row.text(1),
            session.app(),
            unit,
            keep);
    if (oldest.isEmpty()) {
      return 0;
    }
    return remove(
        session,
        session.list(
            "select id from sk_run r where app = ? and unit = ? and id <= ?"
                + " and ended_at is not null and parent is null"
                + TOLD
                + " order by id limit ?",
            row -> row.text(1),
            session.app(),
            unit,
            oldest.get(0),
            BITE));
  }

  /** Removes all final runs of a unit and the unit itself. */
  public void removeUnit(Session session, String unit) {
    session.update("delete from sk_schedule where app = ? and unit = ?", session.app(), unit);
    remove(
        session,
        session.list(
            "select id from sk_run where app = ? and unit = ?",
            row -> row.text(1),
            session.app(),
            unit));
    session.update("delete from sk_definition where app = ? and unit = ?", session.app(), unit);
    session.update("delete from sk_unit where app = ? and id = ?", session.app(), unit);
  }

  /** Returns the ids of all units. */
  public List<String> units(Session session) {
    return session.list("select id from sk_unit where app = ?", row -> row.text(1), session.app());
  }
}
