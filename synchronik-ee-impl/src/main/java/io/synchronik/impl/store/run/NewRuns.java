package io.synchronik.impl.store.run;

import static io.synchronik.impl.store.run.RunStore.stored;

import io.synchronik.impl.store.jdbc.Bulk;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.run.Cause;
import io.synchronik.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code sk_run}: runs that begin to exist. */
public final class NewRuns {
  /**
   * A run to insert.
   *
   * @param id its id
   * @param unit its unit
   * @param state submitted, ready, running or skipped
   * @param origin why it exists
   * @param process what makes it a run of a process
   * @param details what else there is to say
   */
  public record New(
      String id,
      String unit,
      RunState state,
      RunStore.Origin origin,
      RunStore.OfProcess process,
      Details details) {
    /** Returns a run that another one can only be in the way of by its id. */
    public static New alone(String id, String unit, Instant at) {
      return new New(
          id,
          unit,
          RunState.SUBMITTED,
          RunStore.Origin.of(Cause.MANUAL, null),
          RunStore.OfProcess.NOT,
          new Details(at, null, Request.NONE, null, null));
    }
  }

  /**
   * What else there is to say of a new run.
   *
   * @param at database time of the insertion
   * @param claim who owns it at once, null for nobody
   * @param request who asked and how
   * @param payload as JSON
   * @param reason why it is skipped or waits
   */
  public record Details(
      Instant at,
      RunStore.@Nullable Claimer claim,
      Request request,
      @Nullable String payload,
      @Nullable String reason) {}

  /**
   * Who asked for a run and how.
   *
   * @param forced whether the unit's flags are passed over
   * @param by who, null for schedules
   * @param key makes it repeatable, null for none
   */
  public record Request(boolean forced, @Nullable String by, @Nullable String key) {
    /** Nobody asked. */
    public static final Request NONE = new Request(false, null, null);
  }

  private static final Bulk INSERT =
      Bulk.of(
          """
          insert into sk_run (app, id, unit, state, cause, schedule_n, scheduled_at, submitted_at,
            started_at, ended_at, attempt, losses, owner, fence, node, forced, requested_by, payload,
            reason, parent, parent_unit, task, generation, definition, retry_of, request_key)
          values (:app, :id, :unit, :state, :cause, :schedule_n, :scheduled_at, :submitted_at,
            :started_at, :ended_at, :attempt, 0, :owner, :fence, :node, :forced, :requested_by,
            :payload, :reason, :parent, :parent_unit, :task, :generation, :definition, :retry_of,
            :request_key)
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
          "reason text",
          "parent text",
          "parent_unit text",
          "task text",
          "generation integer",
          "definition text",
          "retry_of text",
          "request_key text");

  /** Inserts runs. */
  public void insert(Session session, List<New> runs) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (New run : runs) {
      Details details = run.details;
      boolean running = run.state == RunState.RUNNING;
      RunStore.Claimer claim = details.claim;
      RunStore.Part part = run.origin.part();
      Instant scheduledAt = run.origin.scheduledAt();
      rows.add(
          new @Nullable Object[] {
            session.app(),
            run.id,
            run.unit,
            stored(run.state),
            stored(run.origin.cause()),
            // Without a number a time can come again: it is unique by both
            scheduledAt == null || run.origin.again() ? null : 0,
            scheduledAt,
            details.at,
            running ? details.at : null,
            run.state.isFinal() ? details.at : null,
            claim == null ? 0 : 1,
            claim == null ? null : claim.incarnation(),
            claim == null ? 0L : 1L,
            claim == null ? null : claim.node(),
            details.request.forced,
            details.request.by,
            details.payload,
            details.reason,
            part == null ? null : part.run(),
            part == null ? null : part.unit(),
            part == null ? null : part.task(),
            part == null ? null : part.generation(),
            run.process.definition(),
            run.process.retryOf(),
            details.request.key
          });
    }
    session.bulk(INSERT, rows);
  }
}
