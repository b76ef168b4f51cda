package io.synchronik.impl.store.monitor;

import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.jdbc.UlidRange;
import io.synchronik.run.RunState;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code sk_run} and {@code sk_event}: what is kept of due times, and of starts by time. */
public final class DueStore {
  /** How far an event's transaction may have begun from the time that it tells. */
  private static final Duration AROUND = Duration.ofMinutes(1);

  /** How long a run may have waited before it began and still be counted. */
  private static final Duration WAITED = Duration.ofDays(1);

  /**
   * A run that a due time got.
   *
   * @param scheduledAt the due time
   * @param id of the run
   * @param state of the run
   * @param startedAt when its first attempt began
   * @param reason why it ended so, or null
   */
  public record Made(
      Instant scheduledAt,
      String id,
      RunState state,
      @Nullable Instant startedAt,
      @Nullable String reason) {}

  /**
   * A misfire that was announced.
   *
   * @param at when
   * @param data as the journal has it, JSON
   */
  public record Misfire(Instant at, String data) {}

  /**
   * A run that began.
   *
   * @param at when
   * @param state of the run
   * @param endedAt when it ended, or null
   */
  public record Begun(Instant at, RunState state, @Nullable Instant endedAt) {}

  /** Returns the first runs of a unit that due times of a span got, in the order of these. */
  public List<Made> made(Session session, String unit, Instant from, Instant to, int limit) {
    return session.list(
        """
        select scheduled_at, id, state, started_at, reason from sk_run
        where app = ? and unit = ? and schedule_n = 0 and scheduled_at >= ? and scheduled_at < ?
        order by scheduled_at limit ?
        """,
        row -> new Made(row.at(1), row.text(2), state(row, 3), row.atOrNull(4), row.textOrNull(5)),
        session.app(),
        unit,
        from,
        to,
        limit);
  }

  /** Returns the first misfires of a unit that were announced in a span of time, in their order. */
  public List<Misfire> misfires(Session session, String unit, Instant from, Instant to, int limit) {
    return session.list(
        """
        select at, data from sk_event
        where app = ? and unit = ? and type = 'misfire' and batch >= ? and batch < ?
          and at >= ? and at < ? order by batch limit ?
        """,
        row -> new Misfire(row.at(1), row.text(2)),
        session.app(),
        unit,
        UlidRange.from(from.minus(AROUND)),
        UlidRange.from(to.plus(AROUND)),
        from,
        to,
        limit);
  }

  /**
   * Returns the latest runs of a unit that began in a span of time, as far as they were asked for
   * at most a day before.
   */
  public List<Begun> begun(Session session, String unit, Instant from, Instant to, int limit) {
    return session.list(
        """
        select started_at, state, ended_at from sk_run
        where app = ? and unit = ? and id >= ? and id < ?
          and started_at >= ? and started_at < ? order by id desc limit ?
        """,
        row -> new Begun(row.at(1), state(row, 2), row.atOrNull(3)),
        session.app(),
        unit,
        UlidRange.from(from.minus(WAITED)),
        UlidRange.from(to.plus(AROUND)),
        from,
        to,
        limit);
  }

  /** Returns the run of a unit that was in progress when another one was asked for. */
  public Optional<String> inProgressAt(Session session, String unit, String run, Instant time) {
    return session.first(
        """
        select id from (
          select id, started_at, ended_at, state from sk_run
          where app = ? and unit = ? and id < ? order by id desc limit 100) r
        where r.state <> 'skipped' and (r.ended_at is null or r.ended_at >= ?)
        order by id limit 1
        """,
        row -> row.text(1),
        session.app(),
        unit,
        run,
        time);
  }

  private static RunState state(Session.Row row, int column) throws SQLException {
    return RunState.valueOf(row.text(column).toUpperCase(Locale.ROOT));
  }
}
