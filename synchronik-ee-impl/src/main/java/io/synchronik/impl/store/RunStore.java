package io.synchronik.impl.store;

import io.synchronik.impl.lifecycle.RunChange;
import io.synchronik.run.Cause;
import io.synchronik.run.Failure;
import io.synchronik.run.RunState;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code sk_run}: inserts, claims, fenced ends. */
public final class RunStore {
  /**
   * A run to insert.
   *
   * @param id its id
   * @param unit its unit
   * @param state submitted, ready, running or skipped
   * @param cause why it exists
   * @param scheduledAt when the schedule was due, null for other causes
   * @param details what else there is to say
   */
  public record New(
      String id,
      String unit,
      RunState state,
      Cause cause,
      @Nullable Instant scheduledAt,
      Details details) {}

  /**
   * What else there is to say of a new run.
   *
   * @param at database time of the insertion
   * @param claim who owns it at once, null for nobody
   * @param forced whether the unit's flags are passed over
   * @param requestedBy who asked, null for schedules
   * @param payload as JSON
   * @param reason why it is skipped or waits
   */
  public record Details(
      Instant at,
      @Nullable Claimer claim,
      boolean forced,
      @Nullable String requestedBy,
      @Nullable String payload,
      @Nullable String reason) {}

  /**
   * A node that claims.
   *
   * @param incarnation its incarnation
   * @param node its name
   */
  public record Claimer(String incarnation, String node) {}

  /**
   * A run that this node owns, with all that an attempt needs.
   *
   * @param id its id
   * @param unit its unit
   * @param attempt number of the attempt to make, from 1
   * @param fence of the claim
   * @param losses how often its node was lost
   * @param context what the attempt is about
   */
  public record Owned(
      String id, String unit, int attempt, long fence, int losses, Context context) {}

  /**
   * What an attempt is about.
   *
   * @param cause why the run exists
   * @param scheduledAt when the schedule was due
   * @param startedAt start of the first attempt
   * @param payload as JSON
   * @param configuration of the unit, what was changed at runtime, as JSON
   * @param lastCompletedAt when the unit completed a run last
   */
  public record Context(
      Cause cause,
      @Nullable Instant scheduledAt,
      Instant startedAt,
      @Nullable String payload,
      String configuration,
      @Nullable Instant lastCompletedAt) {}

  /**
   * A run that waits to be admitted.
   *
   * @param id its id
   * @param unit its unit
   * @param cause why it exists
   * @param scheduledAt when the schedule was due
   * @param forced whether the unit's flags are passed over
   * @param payload as JSON
   * @param reason {@link #PATIENT} for one of several missed times
   */
  public record Submitted(
      String id,
      String unit,
      Cause cause,
      @Nullable Instant scheduledAt,
      boolean forced,
      @Nullable String payload,
      @Nullable String reason) {}

  /**
   * The end of an owned run.
   *
   * @param id its id
   * @param incarnation who must still own it
   * @param fence which claim it must still be
   * @param change what becomes of it
   * @param losses how often its node was lost
   */
  public record End(String id, String incarnation, long fence, RunChange change, int losses) {}

  /** Marks a submitted run that makes up for a missed time and waits whatever the policy says. */
  public static final String PATIENT = "catch-up";

  /** Inserts runs. */
  public void insert(Session session, List<New> runs) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (New run : runs) {
      Details details = run.details;
      boolean running = run.state == RunState.RUNNING;
      Claimer claim = details.claim;
      rows.add(
          new @Nullable Object[] {
            session.app(),
            run.id,
            run.unit,
            stored(run.state),
            stored(run.cause),
            run.scheduledAt == null ? null : 0,
            run.scheduledAt,
            details.at,
            running ? details.at : null,
            run.state.isFinal() ? details.at : null,
            running ? 1 : 0,
            claim == null ? null : claim.incarnation,
            running ? 1L : 0L,
            claim == null ? null : claim.node,
            details.forced,
            details.requestedBy,
            details.payload,
            details.reason
          });
    }
    session.batch(
        """
        insert into sk_run (app, id, unit, state, cause, schedule_n, scheduled_at, submitted_at,
          started_at, ended_at, attempt, losses, owner, fence, node, forced, requested_by, payload,
          reason)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?)
        """,
        rows);
  }

  /** Claims runs that are ready or due, of known units, at most so many. */
  public List<Owned> claim(
      Session session, Claimer claimer, Collection<String> units, Instant now, int limit) {
    List<Owned> candidates =
        session.list(
            """
            select r.id, r.unit, r.attempt + 1, r.fence + 1, r.losses, r.cause, r.scheduled_at,
              coalesce(r.started_at, ?), r.payload, u.configuration, u.last_completed_at
            from sk_run r join sk_unit u on u.app = r.app and u.id = r.unit
            where r.app = ? and r.state in ('ready', 'waiting')
              and (r.due_at is null or r.due_at <= ?) and r.unit = any(?)
            order by r.id limit ?
            """
                + (session.dialect() == Dialect.POSTGRESQL ? " for update of r skip locked" : ""),
            RunStore::readOwned,
            now,
            session.app(),
            now,
            units,
            limit);
    return guarded(
        candidates,
        session.batch(
            """
            update sk_run set state = 'running', owner = ?, node = ?, fence = ?, attempt = ?,
              started_at = ?, due_at = null
            where app = ? and id = ? and state in ('ready', 'waiting') and fence = ?
            """,
            candidates.stream().map(run -> claimed(session, claimer, run)).toList()));
  }

  private static @Nullable Object[] claimed(Session session, Claimer claimer, Owned run) {
    return new @Nullable Object[] {
      claimer.incarnation,
      claimer.node,
      run.fence,
      run.attempt,
      run.context.startedAt,
      session.app(),
      run.id,
      run.fence - 1
    };
  }

  /** Returns submitted runs of known units that nobody else is admitting, oldest first. */
  public List<Submitted> lockSubmitted(Session session, Collection<String> units, int limit) {
    return session.list(
        """
        select id, unit, cause, scheduled_at, forced, payload, reason from sk_run
        where app = ? and state = 'submitted' and unit = any(?) order by id limit ?
        """
            + session.dialect().skipLocked(),
        row ->
            new Submitted(
                row.text(1),
                row.text(2),
                cause(row.text(3)),
                row.atOrNull(4),
                row.flag(5),
                row.textOrNull(6),
                row.textOrNull(7)),
        session.app(),
        units,
        limit);
  }

  /** Returns how many runs of a unit are submitted besides those being looked at. */
  public int countSubmitted(Session session, String unit) {
    return session
        .first(
            "select count(*) from sk_run where app = ? and unit = ? and state = 'submitted'",
            row -> row.number(1),
            session.app(),
            unit)
        .orElse(0);
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
                          claimer == null ? null : claimer.incarnation,
                          claimer == null ? null : claimer.node,
                          running ? 1L : 0L,
                          running ? 1 : 0,
                          running ? now : null,
                          session.app(),
                          run.id
                        })
                .toList()));
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

  /** Applies ends to runs that their claims still own; tells which did. */
  public boolean[] applyIfOwned(Session session, List<End> ends, Instant now) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (End end : ends) {
      RunChange change = end.change;
      Failure failure = change.failure();
      rows.add(
          new @Nullable Object[] {
            stored(change.state()),
            change.state().isFinal() ? now : null,
            change.dueAt(),
            change.attempt(),
            end.losses,
            change.result(),
            failure == null ? null : failure.type(),
            failure == null ? null : failure.message(),
            failure == null ? null : failure.stackTrace(),
            change.reason(),
            session.app(),
            end.id,
            end.incarnation,
            end.fence
          });
    }
    int[] counts =
        session.batch(
            """
            update sk_run set state = ?, ended_at = ?, due_at = ?, attempt = ?, losses = ?, result = ?,
              failure_type = ?, failure_message = ?, failure_trace = ?, reason = ?, owner = null
            where app = ? and id = ? and owner = ? and fence = ? and state = 'running'
            """,
            rows);
    boolean[] applied = new boolean[counts.length];
    for (int i = 0; i < counts.length; i++) {
      applied[i] = counts[i] == 1;
    }
    return applied;
  }

  /** Cancels a run that no node executes; returns the state it had, empty when it has moved on. */
  public Optional<RunState> cancelIfIdle(Session session, String id, String by, Instant now) {
    Optional<RunState> before =
        session.first(
            "select state from sk_run where app = ? and id = ? for update",
            row -> state(row.text(1)),
            session.app(),
            id);
    if (before.isEmpty() || before.get() == RunState.RUNNING || before.get().isFinal()) {
      return Optional.empty();
    }
    session.update(
        """
        update sk_run set state = 'canceled', ended_at = ?, due_at = null, reason = ?
        where app = ? and id = ?
        """,
        now,
        by,
        session.app(),
        id);
    return before;
  }

  /** Asks the owner of a running run to cancel it. */
  public boolean askToCancelIfRunning(Session session, String id, String by) {
    return session.update(
            "update sk_run set cancel_by = ? where app = ? and id = ? and state = 'running'",
            by,
            session.app(),
            id)
        == 1;
  }

  /** Returns running runs of an incarnation that somebody wants cancelled, with who. */
  public Map<String, String> cancelsAsked(Session session, String incarnation) {
    return session
        .list(
            """
            select id, cancel_by from sk_run
            where app = ? and owner = ? and state = 'running' and cancel_by is not null
            """,
            row -> Map.entry(row.text(1), row.text(2)),
            session.app(),
            incarnation)
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Writes how far running runs have come. */
  public void progress(Session session, List<@Nullable Object[]> idDoneTotal) {
    session.batch(
        "update sk_run set progress_done = ?, progress_total = ? where app = ? and id = ?",
        idDoneTotal.stream()
            .map(row -> new @Nullable Object[] {row[1], row[2], session.app(), row[0]})
            .toList());
  }

  /** Returns owners of running runs of which there is no node. */
  public List<String> ownersWithoutNode(Session session) {
    return session.list(
        """
        select distinct owner from sk_run r where app = ? and state = 'running' and not exists (
          select 1 from sk_node n where n.app = r.app and n.incarnation = r.owner)
        """,
        row -> row.text(1),
        session.app());
  }

  /** Locks and returns all that an incarnation owns. */
  public List<Owned> lockOwned(Session session, String incarnation) {
    return session.list(
        """
        select r.id, r.unit, r.attempt, r.fence, r.losses, r.cause, r.scheduled_at,
          coalesce(r.started_at, r.submitted_at), r.payload, '{}', cast(null as timestamp with time zone)
        from sk_run r where r.app = ? and r.owner = ? and r.state = 'running' order by r.id for update
        """,
        RunStore::readOwned,
        session.app(),
        incarnation);
  }

  private static Owned readOwned(Session.Row row) throws SQLException {
    return new Owned(
        row.text(1),
        row.text(2),
        row.number(3),
        row.big(4),
        row.number(5),
        new Context(
            cause(row.text(6)),
            row.atOrNull(7),
            row.at(8),
            row.textOrNull(9),
            row.text(10),
            row.atOrNull(11)));
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

  static String stored(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  static RunState state(String text) {
    return RunState.valueOf(text.toUpperCase(Locale.ROOT));
  }

  static Cause cause(String text) {
    return Cause.valueOf(text.toUpperCase(Locale.ROOT));
  }
}
