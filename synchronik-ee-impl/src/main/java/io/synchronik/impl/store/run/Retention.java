package io.synchronik.impl.store.run;

import io.synchronik.impl.store.jdbc.Session;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Removal of what has become old, in small bites. */
public final class Retention {
  /** So much is removed at once at most where it is counted in rows. */
  public static final int BITE = 1000;

  /** So many rows are removed in one transaction at most, but for those of runs themselves. */
  private static final int MOST_ROWS = 5000;

  /**
   * Part of the statements that find runs: a task of a pool must have taken its end from its run.
   */
  private static final String TOLD =
      """
       and (r.cause <> 'pool' or not exists (
        select 1 from sk_pool_task t
        where t.app = r.app and t.run = r.id and t.state = 'running'))
      """;

  /**
   * What a bite has removed.
   *
   * @param runs whole runs; what is part of large ones goes in bites before them
   * @param more whether there may be more to remove
   */
  public record Removed(int runs, boolean more) {
    private static final Removed NOTHING = new Removed(0, false);
    private static final Removed PARTS = new Removed(0, true);
  }

  /** Removes final runs that ended before a time, at most one bite. */
  public Removed removeRunsBefore(Session session, Instant time) {
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

  /**
   * Removes runs with all that is part of them, or some of that when there is much. What somebody
   * holds stays, with the run that it is part of.
   */
  private static Removed remove(Session session, List<String> found) {
    Set<String> runs = new TreeSet<>(runs(session, found));
    if (runs.isEmpty()) {
      return Removed.NOTHING;
    }
    Map<Long, String> sets = sets(session, runs);
    Set<Long> free = freeSets(session, sets.keySet());
    sets.forEach(
        (set, run) -> {
          if (!free.contains(set)) {
            runs.remove(run);
          }
        });
    sets.values().retainAll(runs);
    Map<String, String> parts = parts(session, runs);
    Set<String> freeParts = Set.copyOf(runs(session, parts.keySet()));
    parts.forEach(
        (part, run) -> {
          if (!freeParts.contains(part)) {
            runs.remove(run);
          }
        });
    parts.values().retainAll(runs);
    sets.values().retainAll(runs);
    KeptKeyRetention.Freed freed = KeptKeyRetention.free(session, sets.keySet(), BITE);
    if (freed.more()) {
      return Removed.PARTS;
    }
    freed.held().forEach(set -> runs.remove(sets.get(set)));
    parts.values().retainAll(runs);
    sets.values().retainAll(runs);
    if (runs.isEmpty()) {
      return Removed.NOTHING;
    }
    if (removeItems(session, sets.keySet())) {
      return Removed.PARTS;
    }
    if (removeTold(session, runs) || removeTold(session, parts.keySet())) {
      return Removed.PARTS;
    }
    if (!parts.isEmpty()) {
      session.update(
          "delete from sk_run where app = ? and id = any(?)", session.app(), parts.keySet());
      if (parts.size() >= MOST_ROWS) {
        return Removed.PARTS;
      }
    }
    for (String table : List.of("sk_task", "sk_place", "sk_timer")) {
      session.update(
          "delete from " + table + " where app = ? and run = any(?)", session.app(), runs);
    }
    int removed =
        session.update("delete from sk_run where app = ? and id = any(?)", session.app(), runs);
    return new Removed(removed, found.size() == BITE);
  }

  /** Locks those of some runs that nobody else holds. */
  private static List<String> runs(Session session, Collection<String> ids) {
    return ids.isEmpty()
        ? List.of()
        : session.list(
            "select id from sk_run where app = ? and id = any(?) for update skip locked",
            row -> row.text(1),
            session.app(),
            ids);
  }

  /** Returns sets of some runs and of their parts, with these runs. */
  private static Map<Long, String> sets(Session session, Collection<String> runs) {
    Map<Long, String> sets = new TreeMap<>();
    session
        .list(
            """
            select s.id, s.run from sk_item_set s where s.app = ? and s.run = any(?)
            union
            select s.id, r.parent from sk_run r
            join sk_item_set s on s.app = r.app and s.run = r.id
            where r.app = ? and r.parent = any(?)
            """,
            row -> Map.entry(row.big(1), row.text(2)),
            session.app(),
            runs,
            session.app(),
            runs)
        .forEach(set -> sets.put(set.getKey(), set.getValue()));
    return sets;
  }

  private static Set<Long> freeSets(Session session, Collection<Long> sets) {
    return sets.isEmpty()
        ? Set.of()
        : Set.copyOf(
            session.list(
                "select id from sk_item_set where app = ? and id = any(?) for update skip locked",
                row -> row.big(1),
                session.app(),
                sets));
  }

  /** Returns parts of some runs, with these. */
  private static Map<String, String> parts(Session session, Collection<String> runs) {
    Map<String, String> parts = new TreeMap<>();
    session
        .list(
            "select id, parent from sk_run where app = ? and parent = any(?) limit ?",
            row -> Map.entry(row.text(1), row.text(2)),
            session.app(),
            runs,
            MOST_ROWS)
        .forEach(part -> parts.put(part.getKey(), part.getValue()));
    return parts;
  }

  /** Removes what is told of attempts; returns whether there may be more. */
  private static boolean removeTold(Session session, Collection<String> runs) {
    return !AttemptStore.remove(session, runs, MOST_ROWS);
  }

  /** Removes items, and their sets when all are removed; returns whether there may be more. */
  private static boolean removeItems(Session session, Collection<Long> sets) {
    int left = MOST_ROWS;
    for (long set : sets) {
      if (left > 0) {
        left -= session.update(session.dialect().deleteItems(), session.app(), set, left);
      }
    }
    if (left <= 0) {
      return true;
    }
    if (!sets.isEmpty()) {
      for (String table : List.of("sk_item_count", "sk_item_retry")) {
        session.update(
            "delete from " + table + " where app = ? and item_set = any(?)", session.app(), sets);
      }
      session.update("delete from sk_item_set where app = ? and id = any(?)", session.app(), sets);
    }
    return false;
  }

  /** Removes final runs of a unit beyond the latest so many, at most one bite. */
  public Removed removeRunsBeyond(Session session, String unit, int keep) {
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
      return Removed.NOTHING;
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

  /** Removes a bite of all runs of a unit; returns whether none is left. */
  public boolean removeRuns(Session session, String unit) {
    String some = "select id from sk_run where app = ? and unit = ? order by id limit ?";
    List<String> found = session.list(some, row -> row.text(1), session.app(), unit, BITE);
    remove(session, found);
    KeptKeyRetention.removeOf(session, unit, MOST_ROWS);
    return session.list(some, row -> row.text(1), session.app(), unit, 1).isEmpty()
        && !KeptKeyRetention.hasAny(session, unit);
  }

  /** Removes keys of items whose time is over, at most one bite; returns how many. */
  public int removeKeysOver(Session session, Instant now) {
    return KeptKeyRetention.removeOver(session, now, BITE);
  }

  /** Removes a unit of which no runs are left. */
  public void removeUnit(Session session, String unit) {
    session.update("delete from sk_rate where app = ? and unit = ?", session.app(), unit);
    session.update("delete from sk_schedule where app = ? and unit = ?", session.app(), unit);
    session.update(
        "delete from sk_schedule_change where app = ? and unit = ?", session.app(), unit);
    session.update("delete from sk_unit_delta where app = ? and unit = ?", session.app(), unit);
    session.update("delete from sk_definition where app = ? and unit = ?", session.app(), unit);
    session.update("delete from sk_unit where app = ? and id = ?", session.app(), unit);
  }

  /** Returns the ids of all units. */
  public List<String> units(Session session) {
    return session.list("select id from sk_unit where app = ?", row -> row.text(1), session.app());
  }

  /** Removes what is owed to units that are gone. */
  public int removeOwedToGone(Session session) {
    return session.update(
        """
        delete from sk_unit_delta where app = ? and not exists (
          select 1 from sk_unit u where u.app = sk_unit_delta.app and u.id = sk_unit_delta.unit)
        """,
        session.app());
  }
}
