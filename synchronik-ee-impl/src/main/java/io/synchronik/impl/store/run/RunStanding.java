package io.synchronik.impl.store.run;

import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run as the rules see it, read without a lock. */
public final class RunStanding {
  private static final int MOST_WAITING = 1000;

  /**
   * A run.
   *
   * @param asked who asked for what, without its payload
   * @param state its state
   * @param times when what happened
   * @param attempt of the present or last attempt, or 0
   * @param holder the incarnation that executes it, or null
   * @param node the name of that node, or of the last one, or null
   * @param cancelBy who wants it cancelled, or null
   * @param items whether its items decide when it ends
   * @param reason why it ended so, or null
   * @param failureType of its last failed attempt, or null
   * @param failureMessage the same failure's message, or null
   */
  public record Standing(
      RunStore.Submitted asked,
      RunState state,
      Times times,
      int attempt,
      @Nullable String holder,
      @Nullable String node,
      @Nullable String cancelBy,
      boolean items,
      @Nullable String reason,
      @Nullable String failureType,
      @Nullable String failureMessage) {}

  /** Times of a run. */
  public record Times(
      Instant submittedAt,
      @Nullable Instant dueAt,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt) {}

  /** Returns a run. */
  public Optional<Standing> find(Session session, String id) {
    return session.first(
        """
        select r.id, r.unit, r.forced, r.reason, r.definition, r.state, r.submitted_at, r.due_at,
          r.started_at, r.ended_at, r.attempt, r.owner, r.node, r.cancel_by, r.items,
          r.failure_type, r.failure_message,
        """
            + RunStore.ORIGIN
            + " from sk_run r where r.app = ? and r.id = ?",
        row ->
            new Standing(
                new RunStore.Submitted(
                    row.text(1),
                    row.text(2),
                    RunStore.readOrigin(row, 18),
                    new RunStore.Asked(row.flag(3), RunStore.PATIENT.equals(row.textOrNull(4))),
                    null,
                    row.textOrNull(5)),
                RunState.valueOf(row.text(6).toUpperCase(Locale.ROOT)),
                new Times(row.at(7), row.atOrNull(8), row.atOrNull(9), row.atOrNull(10)),
                row.number(11),
                row.textOrNull(12),
                row.textOrNull(13),
                row.textOrNull(14),
                row.flag(15),
                row.textOrNull(4),
                row.textOrNull(16),
                row.textOrNull(17)),
        session.app(),
        id);
  }

  /**
   * Returns how many runs of a unit wait; a thousand at most.
   *
   * @param before only those that were asked for before this one, null for all
   */
  public int waiting(Session session, String unit, @Nullable String before) {
    List<Object> values = new ArrayList<>(List.of(session.app(), unit));
    if (before != null) {
      values.add(before);
    }
    values.add(MOST_WAITING);
    return session
        .first(
            """
            select count(*) from (
              select 1 from sk_run where app = ? and unit = ? and state = 'submitted'%s
              limit ?) w
            """
                .formatted(before == null ? "" : " and id < ?"),
            row -> row.number(1),
            values.toArray())
        .orElse(0);
  }

  /** Returns the oldest run of a unit that is in progress. */
  public Optional<String> inProgress(Session session, String unit, String except) {
    List<String> open =
        session.list(
            """
            select id from sk_run
            where app = ? and unit = ? and state in ('ready', 'waiting') and id <> ?
            union all
            select id from sk_run where app = ? and unit = ? and state = 'running' and id <> ?
            order by 1 limit 1
            """,
            row -> row.text(1),
            session.app(),
            unit,
            except,
            session.app(),
            unit,
            except);
    return open.stream().findFirst();
  }
}
