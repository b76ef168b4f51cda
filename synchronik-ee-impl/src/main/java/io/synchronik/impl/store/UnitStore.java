package io.synchronik.impl.store;

import io.synchronik.impl.lifecycle.UnitFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code sk_unit}, the hot part: flags, the number of active runs, statistics as deltas. */
public final class UnitStore {
  /**
   * A unit as locked.
   *
   * @param id its id
   * @param facts its flags
   * @param status as stored
   * @param configuration what was changed at runtime, as JSON
   * @param runs runs that really ran to an end
   * @param lastCompletedAt when a run completed last
   */
  public record Locked(
      String id,
      UnitFacts facts,
      String status,
      String configuration,
      long runs,
      @Nullable Instant lastCompletedAt) {}

  /**
   * A unit's new numbers.
   *
   * @param id its id
   * @param status as stored
   * @param enabled whether schedules run it
   * @param activeRuns admitted and not final
   */
  public record Count(String id, String status, boolean enabled, int activeRuns) {}

  /**
   * One run that ended.
   *
   * @param id the unit
   * @param ran whether it really ran
   * @param completed whether it completed
   * @param failed whether it failed
   * @param millis its duration
   * @param at when it ended
   */
  public record Ended(
      String id, boolean ran, boolean completed, boolean failed, long millis, Instant at) {}

  /** Locks units in the order of their ids; those that do not exist are absent. */
  public Map<String, Locked> lock(Session session, Collection<String> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    return session
        .list(
            """
            select id, enabled, paused_by, paused_until, releasing, active_runs, status,
              configuration, run_count, last_completed_at
            from sk_unit where app = ? and id = any(?) order by id for update
            """,
            row ->
                new Locked(
                    row.text(1),
                    new UnitFacts(
                        row.flag(2),
                        row.textOrNull(3),
                        row.atOrNull(4),
                        row.flag(5),
                        row.number(6)),
                    row.text(7),
                    row.text(8),
                    row.big(9),
                    row.atOrNull(10)),
            session.app(),
            ids)
        .stream()
        .collect(Collectors.toMap(Locked::id, Function.identity()));
  }

  /** Returns a unit's flags without a lock, null when there is no such unit. */
  public @Nullable UnitFacts peek(Session session, String id) {
    return session
        .first(
            """
            select enabled, paused_by, paused_until, releasing, active_runs
            from sk_unit where app = ? and id = ?
            """,
            row ->
                new UnitFacts(
                    row.flag(1), row.textOrNull(2), row.atOrNull(3), row.flag(4), row.number(5)),
            session.app(),
            id)
        .orElse(null);
  }

  /** Returns units whose pause was to end by a time. */
  public List<String> pausesOver(Session session, Instant now) {
    return session.list(
        "select id from sk_unit where app = ? and paused_until <= ? order by id",
        row -> row.text(1),
        session.app(),
        now);
  }

  /** Writes the numbers of units that this transaction has locked. */
  public void count(Session session, Collection<Count> counts) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    counts.stream()
        .sorted(Comparator.comparing(Count::id))
        .forEach(
            count ->
                rows.add(
                    new @Nullable Object[] {
                      count.status, count.enabled, count.activeRuns, session.app(), count.id
                    }));
    session.batch(
        "update sk_unit set status = ?, enabled = ?, active_runs = ? where app = ? and id = ?",
        rows);
  }

  /** Notes which run of a unit started last. */
  public void started(Session session, Map<String, String> runByUnit, Instant at) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    runByUnit.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry ->
                rows.add(
                    new @Nullable Object[] {entry.getValue(), at, session.app(), entry.getKey()}));
    session.batch(
        "update sk_unit set last_run = ?, last_started_at = ? where app = ? and id = ?", rows);
  }

  /** Adds ended runs to the statistics of units that this transaction has locked. */
  public void addEnded(Session session, List<Ended> ended) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Ended end : ended) {
      long millis = end.completed ? end.millis : 0;
      rows.add(
          new @Nullable Object[] {
            end.ran ? 1 : 0,
            end.completed ? 1 : 0,
            end.failed ? 1 : 0,
            millis,
            end.completed,
            millis,
            millis,
            millis,
            end.completed,
            end.at,
            session.app(),
            end.id
          });
    }
    session.batch(
        """
        update sk_unit set run_count = run_count + ?, completed_count = completed_count + ?,
          failed_count = failed_count + ?, duration_sum_ms = duration_sum_ms + ?,
          duration_min_ms = case when ? and (completed_count = 0 or duration_min_ms > ?)
            then ? else duration_min_ms end,
          duration_max_ms = greatest(duration_max_ms, ?),
          last_completed_at = case when ? then cast(? as timestamp with time zone)
            else last_completed_at end
        where app = ? and id = ?
        """,
        rows);
  }
}
