package io.synchronik.impl.store.monitor;

import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.monitor.Lateness;
import io.synchronik.monitor.RunCounts;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code sk_stat}: counts of five minutes and of hours, and the events that they count. */
public final class StatStore {
  /** Seconds of the short rows. */
  public static final int SHORT = 300;

  /** Seconds of the long rows. */
  public static final int LONG = 3600;

  /** So long the short rows are kept. */
  public static final Duration SHORT_KEPT = Duration.ofDays(8);

  private static final Duration LONG_KEPT = Duration.ofDays(400);

  /**
   * What a row is about.
   *
   * @param seconds its length
   * @param bucket its begin
   */
  public record Key(int seconds, Instant bucket) {
    /** Returns the row of a length that a time belongs to. */
    public static Key of(int seconds, Instant at) {
      return new Key(
          seconds, Instant.ofEpochSecond(at.getEpochSecond() - at.getEpochSecond() % seconds));
    }
  }

  /**
   * A row.
   *
   * @param bucket its begin
   * @param counts what it counts
   */
  public record Row(Instant bucket, RunCounts counts) {}

  /**
   * An event that counts.
   *
   * @param type as the journal has it
   * @param at its time
   * @param data of a misfire alone
   * @param scheduledAt of its run, when a schedule began that
   * @param startedAt of its run
   * @param endedAt of its run
   */
  public record Told(
      String type,
      Instant at,
      @Nullable String data,
      @Nullable Instant scheduledAt,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt) {}

  /**
   * Returns what the batches behind a position up to another tell; empty for those of nodes that do
   * not write it.
   */
  public List<Optional<String>> tallies(Session session, long after, long to) {
    return session.list(
        """
        select tally from sk_event_batch
        where app = ? and position > ? and position <= ? and (tally is null or tally <> '')
        """,
        row -> Optional.ofNullable(row.textOrNull(1)),
        session.app(),
        after,
        to);
  }

  /** Returns what counts of the events behind a position up to another that have no tally. */
  public List<Told> told(Session session, long after, long to) {
    return session.list(
        """
        select e.type, e.at, case when e.type = 'misfire' then e.data end, r.scheduled_at,
          r.started_at, r.ended_at
        from sk_event_batch b
        join sk_event e on e.app = b.app and e.batch = b.id
        left join sk_run r on r.app = e.app and r.id = e.run
        where b.app = ? and b.position > ? and b.position <= ? and b.tally is null
          and e.type in ('start', 'retry', 'misfire', 'complete', 'error', 'cancel', 'skip')
        """,
        row ->
            new Told(
                row.text(1),
                row.at(2),
                row.textOrNull(3),
                row.atOrNull(4),
                row.atOrNull(5),
                row.atOrNull(6)),
        session.app(),
        after,
        to);
  }

  /**
   * Adds to a row, under the lock row that the caller holds. With a new row those go that are too
   * old.
   */
  public void add(Session session, Key key, RunCounts more) {
    RunCounts counts =
        session
            .first(
                COLUMNS + " and bucket = ?",
                StatStore::read,
                session.app(),
                key.seconds,
                key.bucket)
            .map(row -> row.counts.plus(more))
            .orElse(more);
    if (session.update(UPDATE, values(session, key, counts)) == 0) {
      session.update(INSERT, values(session, key, counts));
      removeOld(session, key);
    }
  }

  private static void removeOld(Session session, Key key) {
    session.update(
        "delete from sk_stat where app = ? and seconds = ? and bucket < ?",
        session.app(),
        key.seconds,
        key.bucket.minus(key.seconds == SHORT ? SHORT_KEPT : LONG_KEPT));
  }

  /** Returns the rows of a length that begin in a span of time, in their order. */
  public List<Row> rows(Session session, int seconds, Instant from, Instant to) {
    return session.list(
        COLUMNS + " and bucket >= ? and bucket < ? order by bucket",
        StatStore::read,
        session.app(),
        seconds,
        from,
        to);
  }

  private static final String COLUMNS =
      """
      select bucket, started, retried, misfired, completed, failed, canceled, skipped,
        duration_sum_ms, duration_max_ms, late_sum_ms, late_max_ms, late_histogram
      from sk_stat where app = ? and seconds = ?
      """;

  private static final String UPDATE =
      """
      update sk_stat set started = ?, retried = ?, misfired = ?, completed = ?, failed = ?,
        canceled = ?, skipped = ?, duration_sum_ms = ?, duration_max_ms = ?, late_sum_ms = ?,
        late_max_ms = ?, late_histogram = ?
      where app = ? and seconds = ? and bucket = ?
      """;

  private static final String INSERT =
      """
      insert into sk_stat (started, retried, misfired, completed, failed, canceled, skipped,
        duration_sum_ms, duration_max_ms, late_sum_ms, late_max_ms, late_histogram, app, seconds,
        bucket)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static @Nullable Object[] values(Session session, Key key, RunCounts counts) {
    RunCounts.Ends ends = counts.ends();
    return new @Nullable Object[] {
      counts.started(),
      counts.retried(),
      counts.misfired(),
      ends.completed(),
      ends.failed(),
      ends.canceled(),
      ends.skipped(),
      counts.durations().sum().toMillis(),
      counts.durations().longest().toMillis(),
      counts.lateness().sum().toMillis(),
      counts.lateness().longest().toMillis(),
      counts.lateness().histogram().stream().map(String::valueOf).collect(Collectors.joining(",")),
      session.app(),
      key.seconds,
      key.bucket
    };
  }

  private static Row read(Session.Row row) throws SQLException {
    return new Row(
        row.at(1),
        new RunCounts(
            row.big(2),
            row.big(3),
            row.big(4),
            new RunCounts.Ends(row.big(5), row.big(6), row.big(7), row.big(8)),
            new RunCounts.Durations(Duration.ofMillis(row.big(9)), Duration.ofMillis(row.big(10))),
            lateness(row.big(11), row.big(12), row.text(13))));
  }

  /** A later version may have more bounds, or fewer: the last number takes what is beyond. */
  private static Lateness lateness(long sum, long longest, String histogram) {
    Long[] numbers = new Long[Lateness.BOUNDS.size() + 1];
    Arrays.fill(numbers, 0L);
    int i = 0;
    for (String text : Stream.of(histogram.split(",", -1)).filter(it -> !it.isEmpty()).toList()) {
      numbers[Math.min(i++, numbers.length - 1)] += Long.parseLong(text);
    }
    return new Lateness(Duration.ofMillis(sum), Duration.ofMillis(longest), List.of(numbers));
  }
}
