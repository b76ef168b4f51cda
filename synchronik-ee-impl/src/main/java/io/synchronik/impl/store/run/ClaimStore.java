package io.synchronik.impl.store.run;

import static io.synchronik.impl.store.run.RunStore.stored;

import io.synchronik.impl.store.jdbc.Dialect;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.run.RunStore.Claimer;
import io.synchronik.impl.store.run.RunStore.Owned;
import io.synchronik.impl.store.run.RunStore.Submitted;
import io.synchronik.run.RunState;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code sk_run}: which node may execute a run, and which runs may start at all. */
public final class ClaimStore {
  /** Part of the statement that finds runs: a unit may become known at any time. */
  private static final String NOBODY_KNOWS =
      """
       and not exists (
        select 1 from sk_node_unit k
        join sk_node n on n.app = k.app and n.incarnation = k.incarnation
        where k.app = r.app and k.unit = r.unit and n.lease_until >= ? and n.recovered_by is null)
      """;

  /** Claims runs that are ready or due, of known units, at most so many. */
  public List<Owned> claim(
      Session session, Claimer claimer, Collection<String> units, Instant now, int limit) {
    List<Owned> found =
        session.list(
            """
            select r.id, r.unit, r.attempt + 1, r.fence + 1, r.losses, coalesce(r.started_at, ?),
              r.payload, u.configuration, u.last_completed_at,
            """
                + RunStore.ORIGIN
                + """
                 from sk_run r join sk_unit u on u.app = r.app and u.id = r.unit
                 where r.app = ? and r.state in ('ready', 'waiting') and r.cancel_by is null
                  and (r.due_at is null or r.due_at <= ?) and r.unit = any(?)
                  and (r.parent_unit is null or r.parent_unit = any(?))
                order by r.id limit ?
                """
                + (session.dialect() == Dialect.POSTGRESQL ? " for update of r skip locked" : ""),
            RunStore::readOwned,
            now,
            session.app(),
            now,
            units,
            units,
            limit);
    List<Owned> candidates = free(session, found, Owned::id);
    return guarded(
        candidates,
        session.batch(
            """
            update sk_run set state = 'running', owner = ?, node = ?, fence = ?, attempt = ?,
              started_at = ?, attempt_at = ?, due_at = null
            where app = ? and id = ? and state in ('ready', 'waiting') and fence = ?
            """,
            candidates.stream().map(run -> claimed(session, claimer, run, now)).toList()));
  }

  /** Where rows are picked without locks: those of them that nobody else holds, locked. */
  private static <T> List<T> free(Session session, List<T> picked, Function<T, String> id) {
    if (session.dialect() == Dialect.POSTGRESQL || picked.isEmpty()) {
      return picked;
    }
    Set<String> free =
        new HashSet<>(
            session.list(
                "select id from sk_run where app = ? and id = any(?) for update skip locked",
                row -> row.text(1),
                session.app(),
                picked.stream().map(id).toList()));
    return picked.stream().filter(one -> free.contains(id.apply(one))).toList();
  }

  /** Without a time it is no attempt that begins. */
  private static @Nullable Object[] claimed(
      Session session, Claimer claimer, Owned run, @Nullable Instant attemptAt) {
    return new @Nullable Object[] {
      claimer.incarnation(),
      claimer.node(),
      run.fence(),
      run.attempt(),
      run.context().startedAt(),
      attemptAt,
      session.app(),
      run.id(),
      run.fence() - 1
    };
  }

  /**
   * Returns submitted runs of known units, oldest first; where the database can, only such that
   * nobody else is admitting.
   */
  public List<Submitted> lockSubmitted(
      Session session, Collection<String> units, String after, int limit) {
    return session.list(
        """
        select r.id, r.unit, r.forced, r.payload, r.reason, r.definition,
        """
            + RunStore.ORIGIN
            + """
             from sk_run r
             where r.app = ? and r.state = 'submitted' and r.cancel_by is null and r.unit = any(?)
              and (r.parent_unit is null or r.parent_unit = any(?)) and r.id > ?
            order by r.id limit ?
            """
            + session.dialect().skipLocked(),
        ClaimStore::readSubmitted,
        session.app(),
        units,
        units,
        after,
        limit);
  }

  /**
   * Moves submitted runs to ready, or to running under a claimer; tells which were still submitted.
   */
  public List<Submitted> admitIfSubmitted(
      Session session, List<Submitted> runs, @Nullable Claimer claimer, Instant now) {
    boolean running = claimer != null;
    return guarded(
        runs,
        session.batch(
            """
            update sk_run set state = ?, owner = ?, node = ?, fence = ?, attempt = ?, started_at = ?,
              reason = null
            where app = ? and id = ? and state = 'submitted'
            """,
            runs.stream()
                .map(
                    run ->
                        new @Nullable Object[] {
                          stored(running ? RunState.RUNNING : RunState.READY),
                          claimer == null ? null : claimer.incarnation(),
                          claimer == null ? null : claimer.node(),
                          running ? 1L : 0L,
                          running ? 1 : 0,
                          running ? now : null,
                          session.app(),
                          run.id()
                        })
                .toList()));
  }

  /** Lets submitted runs of processes begin; tells which were still submitted. */
  public List<Begun> beginIfSubmitted(Session session, List<Begun> runs, Instant now) {
    return guarded(
        runs,
        session.batch(
            """
            update sk_run set state = 'running', definition = ?, started_at = ?, reason = null
            where app = ? and id = ? and state = 'submitted'
            """,
            runs.stream()
                .map(
                    run ->
                        new @Nullable Object[] {run.definition, now, session.app(), run.run().id()})
                .toList()));
  }

  /**
   * A run of a process that begins.
   *
   * @param run the run
   * @param definition version of its definition
   */
  public record Begun(Submitted run, String definition) {}

  /** Returns units of which runs are submitted. */
  public List<String> unitsOfSubmitted(Session session, int limit) {
    return session.list(
        "select distinct unit from sk_run where app = ? and state = 'submitted' limit ?",
        row -> row.text(1),
        session.app(),
        limit);
  }

  /** Ends a submitted run as skipped. */
  public boolean skipIfSubmitted(Session session, String id, String reason, Instant now) {
    return session.update(
            """
            update sk_run set state = 'skipped', ended_at = ?, reason = ?
            where app = ? and id = ? and state = 'submitted'
            """,
            now,
            reason,
            session.app(),
            id)
        == 1;
  }

  /**
   * Locks runs that wait to be executed, of units whose code is in memory and that nobody knows.
   */
  public List<Owned> lockForgotten(Session session, String codeInMemory, Instant now) {
    return session.list(
        """
        select r.id, r.unit, r.attempt, r.fence, r.losses, coalesce(r.started_at, r.submitted_at),
          r.payload, u.configuration, u.last_completed_at,
        """
            + RunStore.ORIGIN
            + """
             from sk_run r join sk_unit u on u.app = r.app and u.id = r.unit
            where r.app = ? and r.state in ('ready', 'waiting')
              and u.implementation like ?
            """
            + NOBODY_KNOWS
            + " order by r.id limit 500"
            + (session.dialect() == Dialect.POSTGRESQL ? " for update of r skip locked" : ""),
        RunStore::readOwned,
        session.app(),
        codeInMemory + "%",
        now);
  }

  /**
   * Claims runs that nobody can execute, so that they can be ended; tells which were still open.
   */
  public List<Owned> seizeIfOpen(Session session, Claimer claimer, List<Owned> runs) {
    List<Owned> seized =
        free(session, runs, Owned::id).stream().map(ClaimStore::nextClaim).toList();
    return guarded(
        seized,
        session.batch(
            """
            update sk_run set state = 'running', owner = ?, node = ?, fence = ?, attempt = ?,
              started_at = ?, attempt_at = ?, due_at = null
            where app = ? and id = ? and state in ('ready', 'waiting') and fence = ?
            """,
            seized.stream().map(run -> claimed(session, claimer, run, null)).toList()));
  }

  private static Owned nextClaim(Owned run) {
    return new Owned(
        run.id(), run.unit(), run.attempt(), run.fence() + 1, run.losses(), run.context());
  }

  private static RunStore.Submitted readSubmitted(Session.Row row) throws SQLException {
    return new RunStore.Submitted(
        row.text(1),
        row.text(2),
        RunStore.readOrigin(row, 7),
        new RunStore.Asked(row.flag(3), RunStore.PATIENT.equals(row.textOrNull(5))),
        row.textOrNull(4),
        row.textOrNull(6));
  }

  /** Locks submitted runs of units whose code is in memory and that nobody knows. */
  public List<RunStore.Submitted> lockForgottenSubmitted(
      Session session, String codeInMemory, Instant now, int limit) {
    return session.list(
        """
        select r.id, r.unit, r.forced, r.payload, r.reason, r.definition,
        """
            + RunStore.ORIGIN
            + """
             from sk_run r
            where r.app = ? and r.state = 'submitted' and r.unit in (
              select u.id from sk_unit u where u.app = ? and u.implementation like ?)
            """
            + NOBODY_KNOWS
            + " order by r.id limit ?"
            + session.dialect().skipLocked(),
        ClaimStore::readSubmitted,
        session.app(),
        session.app(),
        codeInMemory + "%",
        now,
        limit);
  }

  /**
   * Removes submitted runs of units that are no more: they were asked for in a transaction that was
   * open when the unit was removed.
   */
  public int removeOfNoUnit(Session session, int limit) {
    List<String> found =
        session.list(
            """
            select r.id from sk_run r
            where r.app = ? and r.state = 'submitted' and r.parent is null and not exists (
              select 1 from sk_unit u where u.app = r.app and u.id = r.unit)
            order by r.id limit ?
            """
                + session.dialect().skipLocked(),
            row -> row.text(1),
            session.app(),
            limit);
    return found.isEmpty()
        ? 0
        : session.update(
            "delete from sk_run where app = ? and id = any(?) and state = 'submitted'",
            session.app(),
            found);
  }

  /** Takes those of some submitted runs that nobody else holds. */
  public List<Submitted> free(Session session, List<Submitted> runs) {
    return free(session, runs, Submitted::id);
  }

  private static <T> List<T> guarded(List<T> rows, int[] counts) {
    List<T> moved = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 1) {
        moved.add(rows.get(i));
      }
    }
    return moved;
  }
}
