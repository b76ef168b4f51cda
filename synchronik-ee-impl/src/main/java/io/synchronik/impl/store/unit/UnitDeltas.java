package io.synchronik.impl.store.unit;

import io.synchronik.impl.store.jdbc.Bulk;
import io.synchronik.impl.store.jdbc.Session;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code sk_unit_delta}: what runs have done to units whose row somebody else held. Rows are only
 * inserted, and deleted by whoever holds the unit; of a schedule, by whoever holds that.
 */
public final class UnitDeltas {
  /** What has happened. */
  public enum Kind {
    /** A run has started. */
    STARTED,
    /** A run that ran has ended. */
    ENDED,
    /** An admitted run never ran. */
    WITHDRAWN,
    /** A schedule that waits for the end of a run has its next due time. */
    DUE
  }

  /**
   * One thing that has happened.
   *
   * @param unit the unit
   * @param id in the order in which it came
   * @param kind what it is
   * @param run the run
   * @param state of a run that has ended, as stored
   * @param at when; of a schedule its next due time
   * @param millis how long the run took; the random part of a due time
   * @param maxRuns after so many the unit is disabled; 0 for never
   */
  public record Delta(
      String unit,
      String id,
      Kind kind,
      String run,
      @Nullable String state,
      Instant at,
      long millis,
      long maxRuns) {}

  /** Tells whether runs have done something to a unit of the alias {@code u}. */
  static final String OWED =
      """
      exists (select 1 from sk_unit_delta d
        where d.app = u.app and d.unit = u.id and d.kind in ('started', 'ended', 'withdrawn'))
      """;

  private static final Bulk INSERT =
      Bulk.of(
          """
          insert into sk_unit_delta (app, unit, id, kind, run, state, at, millis, max_runs)
          values (:app, :unit, :id, :kind, :run, :state, :at, :millis, :max_runs)
          """,
          "app text*",
          "unit text",
          "id text",
          "kind text",
          "run text",
          "state text",
          "at timestamptz",
          "millis bigint",
          "max_runs bigint");

  private static final Bulk DELETE =
      Bulk.of(
          "delete from sk_unit_delta t where t.app = :app and t.unit = :unit and t.id = :id",
          "app text*",
          "unit text",
          "id text");

  /** Inserts what is owed. */
  public void insert(Session session, Collection<Delta> deltas) {
    session.bulk(
        INSERT,
        deltas.stream()
            .map(
                delta ->
                    new @Nullable Object[] {
                      session.app(),
                      delta.unit,
                      delta.id,
                      delta.kind.name().toLowerCase(Locale.ROOT),
                      delta.run,
                      delta.state,
                      delta.at,
                      delta.millis,
                      delta.maxRuns
                    })
            .toList());
  }

  /** Returns what runs have done to some units, in the order in which it came. */
  public List<Delta> of(Session session, Collection<String> units) {
    return session.list(
        """
        select unit, id, kind, run, state, at, millis, max_runs from sk_unit_delta
        where app = ? and unit = any(?) and kind in ('started', 'ended', 'withdrawn', 'due')
        order by id
        """,
        row ->
            new Delta(
                row.text(1),
                row.text(2),
                Kind.valueOf(row.text(3).toUpperCase(Locale.ROOT)),
                row.text(4),
                row.textOrNull(5),
                row.at(6),
                row.big(7),
                row.big(8)),
        session.app(),
        units);
  }

  /** Deletes what is no longer owed. */
  public void delete(Session session, Collection<Delta> deltas) {
    session.bulk(
        DELETE,
        deltas.stream()
            .map(delta -> new @Nullable Object[] {session.app(), delta.unit, delta.id})
            .toList());
  }

  /** Returns units to which something is owed, by runs or by people. */
  public List<String> units(Session session, int limit) {
    return session.list(
        "select distinct unit from sk_unit_delta where app = ? limit ?",
        row -> row.text(1),
        session.app(),
        limit);
  }
}
