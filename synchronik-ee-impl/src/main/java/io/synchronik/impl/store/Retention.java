package io.synchronik.impl.store;

import java.time.Instant;
import java.util.List;

/** Removal of what has become old, in small bites. */
public final class Retention {
  private static final int BITE = 1000;

  /** Removes final runs that ended before a time; returns how many, at most one bite. */
  public int removeRunsBefore(Session session, Instant time) {
    return session.update(
        """
        delete from sk_run where app = ? and id in (
          select id from sk_run where app = ? and ended_at < ? order by ended_at limit ?)
        """,
        session.app(),
        session.app(),
        time,
        BITE);
  }

  /** Removes final runs of a unit beyond the latest so many; returns how many, at most one bite. */
  public int removeRunsBeyond(Session session, String unit, int keep) {
    List<String> oldest =
        session.list(
            """
            select id from sk_run where app = ? and unit = ? and ended_at is not null
            order by id desc limit 1 offset ?
            """,
            row -> row.text(1),
            session.app(),
            unit,
            keep);
    if (oldest.isEmpty()) {
      return 0;
    }
    return session.update(
        """
        delete from sk_run where app = ? and id in (
          select id from sk_run where app = ? and unit = ? and id <= ? and ended_at is not null
          order by id limit ?)
        """,
        session.app(),
        session.app(),
        unit,
        oldest.get(0),
        BITE);
  }

  /** Removes all final runs of a unit and the unit itself. */
  public void removeUnit(Session session, String unit) {
    session.update("delete from sk_schedule where app = ? and unit = ?", session.app(), unit);
    session.update("delete from sk_run where app = ? and unit = ?", session.app(), unit);
    session.update("delete from sk_unit where app = ? and id = ?", session.app(), unit);
  }

  /** Returns the ids of all units. */
  public List<String> units(Session session) {
    return session.list("select id from sk_unit where app = ?", row -> row.text(1), session.app());
  }
}
