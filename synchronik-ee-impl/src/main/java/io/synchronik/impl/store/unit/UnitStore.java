package io.synchronik.impl.store.unit;

import io.synchronik.impl.lifecycle.UnitFacts;
import io.synchronik.impl.store.jdbc.Bulk;
import io.synchronik.impl.store.jdbc.Session;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
   * @param owed whether there is something to settle
   */
  public record Locked(
      String id,
      UnitFacts facts,
      String status,
      String configuration,
      long runs,
      @Nullable Instant lastCompletedAt,
      boolean owed) {}

  /**
   * A unit's new numbers.
   *
   * @param id its id
   * @param status as stored
   * @param enabled whether schedules run it
   * @param activeRuns admitted and not final
   * @param started which run started last and when, null when none did
   * @param ended what to add to the statistics
   */
  public record Change(
      String id,
      String status,
      boolean enabled,
      int activeRuns,
      @Nullable Started started,
      Ended ended) {}

  /**
   * A run that started.
   *
   * @param run its id
   * @param at when
   */
  public record Started(String run, Instant at) {}

  /**
   * Runs that ended, to be added to the statistics.
   *
   * @param runs how many really ran
   * @param completed how many completed
   * @param failed how many failed
   * @param durations of the completed ones
   * @param lastCompletedAt when the latest completed, null when none did
   */
  public record Ended(
      int runs, int completed, int failed, Durations durations, @Nullable Instant lastCompletedAt) {
    /** Nothing ended. */
    public static final Ended NONE = new Ended(0, 0, 0, new Durations(0, Long.MAX_VALUE, 0), null);

    /** Returns these and one more run that completed after so many milliseconds. */
    public Ended withCompleted(long millis, Instant at) {
      return new Ended(runs + 1, completed + 1, failed, durations.with(millis), at);
    }

    /** Returns these and one more run that failed or was cancelled. */
    public Ended withOther(boolean isFailure) {
      return new Ended(
          runs + 1, completed, isFailure ? failed + 1 : failed, durations, lastCompletedAt);
    }
  }

  /**
   * Milliseconds.
   *
   * @param sum of all
   * @param min the shortest
   * @param max the longest
   */
  public record Durations(long sum, long min, long max) {
    Durations with(long millis) {
      return new Durations(sum + millis, Math.min(min, millis), Math.max(max, millis));
    }
  }

  private static final UnitIntents INTENTS = new UnitIntents();

  private static final String PEEK =
      """
      select u.enabled, u.paused_by, u.paused_until, u.releasing, u.active_runs, %s
      from sk_unit u where u.app = ? and u.id = ?
      """
          .formatted(UnitIntents.PENDING);

  private static final String LOCK =
      """
      select u.id, u.enabled, u.paused_by, u.paused_until, u.releasing, u.active_runs, u.status,
        u.configuration, u.run_count, u.last_completed_at,
      """
          + UnitDeltas.OWED
          + " from sk_unit u where u.app = ? and u.id = any(?)";

  /**
   * Locks units in the order of their ids, waiting for them, whatever is to be applied to them;
   * those that do not exist are absent.
   */
  public Map<String, Locked> lock(Session session, Collection<String> ids) {
    return lock(session, LOCK + " order by u.id for update", ids);
  }

  /** Returns what was changed of a unit at runtime, as JSON. */
  public Optional<String> configuration(Session session, String id) {
    return session.first(
        "select configuration from sk_unit where app = ? and id = ?",
        row -> row.text(1),
        session.app(),
        id);
  }

  /**
   * Locks those of some units that exist, that nobody else holds, and to which nothing is to be
   * applied that people have set.
   */
  public Map<String, Locked> lockFree(Session session, Collection<String> ids) {
    return lock(session, LOCK + " and not " + UnitIntents.PENDING + " for update skip locked", ids);
  }

  /** Locks those of some units that exist and that nobody else holds, to apply what was set. */
  public Map<String, Locked> lockFreeToSettle(Session session, Collection<String> ids) {
    return lock(session, LOCK + " for update skip locked", ids);
  }

  private static Map<String, Locked> lock(
      Session session, String statement, Collection<String> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    return session
        .list(
            statement,
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
                    row.atOrNull(10),
                    row.flag(11)),
            session.app(),
            ids)
        .stream()
        .collect(Collectors.toMap(Locked::id, Function.identity()));
  }

  /** Returns those of some ids that units have. */
  public Set<String> existing(Session session, Collection<String> ids) {
    return new HashSet<>(
        session.list(
            "select id from sk_unit where app = ? and id = any(?)",
            row -> row.text(1),
            session.app(),
            ids));
  }

  /** Returns the ids of some units that are disabled, when all is applied that was set. */
  public Set<String> disabled(Session session, Collection<String> units) {
    return new HashSet<>(
        session.list(
            "select u.id from sk_unit u where u.app = ? and u.id = any(?) and not "
                + UnitIntents.ENABLED,
            row -> row.text(1),
            session.app(),
            units));
  }

  /**
   * Returns a unit's flags without a lock, with all applied that was set; null when there is no
   * such unit.
   */
  public @Nullable UnitFacts peek(Session session, String id) {
    Peeked peeked = peeked(session, id);
    if (peeked == null || !peeked.pending) {
      return peeked == null ? null : peeked.facts;
    }
    // Before the unit: what is applied meanwhile is the same again
    List<UnitIntents.Intent> intents = INTENTS.of(session, List.of(id));
    Peeked again = peeked(session, id);
    return again == null ? null : UnitIntents.foreseen(again.facts, intents);
  }

  /** A unit's flags, and whether something is to be applied to them. */
  private record Peeked(UnitFacts facts, boolean pending) {}

  private static @Nullable Peeked peeked(Session session, String id) {
    return session
        .first(
            PEEK,
            row ->
                new Peeked(
                    new UnitFacts(
                        row.flag(1),
                        row.textOrNull(2),
                        row.atOrNull(3),
                        row.flag(4),
                        row.number(5)),
                    row.flag(6)),
            session.app(),
            id)
        .orElse(null);
  }

  /** Pauses a unit that this transaction has locked, or ends its pause. */
  public void pause(Session session, String id, UnitFacts facts) {
    session.update(
        "update sk_unit set paused_by = ?, paused_until = ? where app = ? and id = ?",
        facts.pausedBy(),
        facts.pausedUntil(),
        session.app(),
        id);
  }

  /** Lets schedules run a unit that this transaction has locked, or not. */
  public void enable(Session session, String id, boolean enabled) {
    session.update(
        "update sk_unit set enabled = ? where app = ? and id = ?", enabled, session.app(), id);
  }

  /** Returns units whose pause was to end by a time. */
  public List<String> pausesOver(Session session, Instant now) {
    return session.list(
        "select id from sk_unit where app = ? and paused_until <= ? order by id",
        row -> row.text(1),
        session.app(),
        now);
  }

  private static final Bulk WRITE =
      Bulk.of(
          """
          update sk_unit t set status = :status, enabled = :enabled, active_runs = :active,
            last_run = coalesce(:run, t.last_run),
            last_started_at =
              coalesce(cast(:started as timestamp with time zone), t.last_started_at),
            run_count = t.run_count + :runs, failed_count = t.failed_count + :failed,
            duration_sum_ms = t.duration_sum_ms + :sum,
            duration_min_ms =
              case when t.completed_count = 0 then :first else least(t.duration_min_ms, :min) end,
            duration_max_ms = greatest(t.duration_max_ms, :max),
            completed_count = t.completed_count + :completed,
            last_completed_at =
              coalesce(cast(:completed_at as timestamp with time zone), t.last_completed_at)
          where t.app = :app and t.id = :id
          """,
          "status text",
          "enabled boolean",
          "active integer",
          "run text",
          "started timestamptz",
          "runs integer",
          "failed integer",
          "sum bigint",
          "first bigint",
          "min bigint",
          "max bigint",
          "completed integer",
          "completed_at timestamptz",
          "app text",
          "id text");

  /** Writes the numbers of units that this transaction has locked. */
  public void write(Session session, Collection<Change> changes) {
    session.bulk(
        WRITE,
        changes.stream()
            .sorted(Comparator.comparing(Change::id))
            .map(change -> values(session, change))
            .toList());
  }

  private static @Nullable Object[] values(Session session, Change change) {
    Started started = change.started;
    Ended ended = change.ended;
    boolean none = ended.completed == 0;
    return new @Nullable Object[] {
      change.status,
      change.enabled,
      change.activeRuns,
      started == null ? null : started.run,
      started == null ? null : started.at,
      ended.runs,
      ended.failed,
      ended.durations.sum,
      none ? 0 : ended.durations.min,
      ended.durations.min,
      ended.durations.max,
      ended.completed,
      ended.lastCompletedAt,
      session.app(),
      change.id
    };
  }
}
