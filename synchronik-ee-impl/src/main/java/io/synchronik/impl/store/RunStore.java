package io.synchronik.impl.store;

import io.synchronik.impl.lifecycle.RunChange;
import io.synchronik.run.Cause;
import io.synchronik.run.Failure;
import io.synchronik.run.Progress;
import io.synchronik.run.RunState;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
   * @param progress told since it was last written, null for none
   */
  public record End(
      String id,
      String incarnation,
      long fence,
      RunChange change,
      int losses,
      @Nullable Progress progress) {}

  /**
   * One claim of a run.
   *
   * @param run its id
   * @param fence which claim
   */
  public record Claimed(String run, long fence) {}

  /** Marks a submitted run that makes up for a missed time and waits whatever the policy says. */
  public static final String PATIENT = "catch-up";

  private static final Bulk INSERT =
      Bulk.of(
          """
          insert into sk_run (app, id, unit, state, cause, schedule_n, scheduled_at, submitted_at,
            started_at, ended_at, attempt, losses, owner, fence, node, forced, requested_by, payload,
            reason)
          values (:app, :id, :unit, :state, :cause, :schedule_n, :scheduled_at, :submitted_at,
            :started_at, :ended_at, :attempt, 0, :owner, :fence, :node, :forced, :requested_by,
            :payload, :reason)
          """,
          "app text",
          "id text",
          "unit text",
          "state text",
          "cause text",
          "schedule_n integer",
          "scheduled_at timestamptz",
          "submitted_at timestamptz",
          "started_at timestamptz",
          "ended_at timestamptz",
          "attempt integer",
          "owner text",
          "fence bigint",
          "node text",
          "forced boolean",
          "requested_by text",
          "payload text",
          "reason text");

  private static final Bulk END =
      Bulk.of(
          """
          update sk_run t set state = :state, ended_at = :ended_at, due_at = :due_at,
            attempt = :attempt, losses = :losses, result = :result, failure_type = :failure_type,
            failure_message = :failure_message, failure_trace = :failure_trace, reason = :reason,
            progress_done = coalesce(:done, t.progress_done),
            progress_total = coalesce(:total, t.progress_total), owner = null
          where t.app = :app and t.id = :id and t.owner = :owner and t.fence = :fence
          """,
          "state text",
          "ended_at timestamptz",
          "due_at timestamptz",
          "attempt integer",
          "losses integer",
          "result text",
          "failure_type text",
          "failure_message text",
          "failure_trace text",
          "reason text",
          "done bigint",
          "total bigint",
          "app text",
          "id text",
          "owner text",
          "fence bigint");

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
    session.bulk(INSERT, rows);
  }

  /** Applies ends to runs that their claims still own; tells which did. */
  public boolean[] applyIfOwned(Session session, List<End> ends, Instant now) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (End end : ends) {
      RunChange change = end.change;
      Failure failure = change.failure();
      Progress progress = end.progress;
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
            progress == null ? null : progress.completed(),
            progress == null ? null : progress.total(),
            session.app(),
            end.id,
            end.incarnation,
            end.fence
          });
    }
    return session.bulk(END, rows);
  }

  /** Returns what an incarnation owns. */
  public List<Claimed> owned(Session session, String incarnation) {
    return session.list(
        "select id, fence from sk_run where app = ? and owner = ? and state = 'running'",
        row -> new Claimed(row.text(1), row.big(2)),
        session.app(),
        incarnation);
  }

  /** Tells whether nobody has claimed a run since. */
  public boolean isLatest(Session session, Claimed claim) {
    return session
        .first(
            "select 1 from sk_run where app = ? and id = ? and fence = ?",
            row -> row.number(1),
            session.app(),
            claim.run,
            claim.fence)
        .isPresent();
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

  static Owned readOwned(Session.Row row) throws SQLException {
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
