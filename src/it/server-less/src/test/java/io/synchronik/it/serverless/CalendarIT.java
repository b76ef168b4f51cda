package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Probe;
import io.synchronik.monitor.Calendar;
import io.synchronik.monitor.CalendarQuery;
import io.synchronik.run.UnknownUnitException;
import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Misfire;
import io.synchronik.schedule.Schedule;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Past and coming starts by time. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class CalendarIT extends SharedNode {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final int MANY = 10_000;

  private Calendar calendar(Duration before, Duration after, String unit) {
    Instant now = manager.monitoring().now();
    return manager
        .monitoring()
        .calendar(new CalendarQuery(now.minus(before), now.plus(after), HOUR, unit));
  }

  private static long sum(Calendar calendar, ToLongFunction<Calendar.Interval> number) {
    return calendar.intervals().stream().mapToLong(number).sum();
  }

  private long past(String unit, ToLongFunction<Calendar.Interval> number) {
    return sum(calendar(HOUR, HOUR, unit), number);
  }

  @Test
  void startsOfAllUnits() {
    register("well", run -> "done");
    register(
        "ill",
        run -> {
          throw new IllegalStateException("no");
        });
    manager.runWorkerById("well").join(Probe.PATIENCE);
    manager.runWorkerById("ill").join(Probe.PATIENCE);

    Await.until(Probe.PATIENCE, () -> past(null, Calendar.Interval::failed) == 1);
    assertThat(past(null, Calendar.Interval::started)).isGreaterThan(1);
    assertThat(calendar(DAY.multipliedBy(2), Duration.ofMillis(1), null).intervals())
        .allMatch(interval -> interval.from().getEpochSecond() % 3600 == 0);
  }

  @Test
  void startsOfOneUnit() throws Exception {
    register(
        "one",
        run -> "done",
        config ->
            config
                .schedule(new Schedule.Every(HOUR, IntervalMode.FIXED_RATE, HOUR, Duration.ZERO))
                .misfire(Misfire.SKIP));
    register("other", run -> "done");
    manager.runWorkerById("one").join(Probe.PATIENCE);
    manager.runWorkerById("other").join(Probe.PATIENCE);
    database.execute(
        "update sk_schedule set next_due = ? where unit = 'one'",
        Timestamp.from(manager.monitoring().now().minus(Duration.ofMinutes(150))));

    Await.until(Probe.PATIENCE, () -> past("one", Calendar.Interval::misfired) == 3);
    assertThat(past("one", Calendar.Interval::started)).isEqualTo(1);
    Calendar ahead = calendar(Duration.ZERO, DAY, "one");
    assertThat(sum(ahead, Calendar.Interval::coming)).isBetween(24L, 25L);
    assertThat(ahead.computedTo()).isNull();
    assertThat(ahead.countedFrom()).isNull();
    manager.pause("one");
    Await.until(
        Probe.PATIENCE,
        () -> sum(calendar(Duration.ZERO, DAY, "one"), Calendar.Interval::coming) == 0);
  }

  @Test
  void aSpanBeforeAllTimes() {
    Instant first = Instant.parse("-2000-01-01T00:00:00Z");

    Calendar empty =
        manager.monitoring().calendar(new CalendarQuery(first, first.plus(DAY), HOUR, null));

    assertThat(sum(empty, interval -> interval.started() + interval.coming())).isZero();
  }

  /** It is due an hour after an end that is still to come. */
  @Test
  void startsAfterTheEndOfARunThatIsInProgress() {
    Held held = Held.interruptibly();
    register(
        "delayed",
        held,
        config ->
            config.schedule(
                new Schedule.Every(HOUR, IntervalMode.FIXED_DELAY, Duration.ZERO, Duration.ZERO)));
    held.awaitBegun();

    assertThat(sum(calendar(Duration.ZERO, DAY, "delayed"), Calendar.Interval::coming))
        .isBetween(23L, 24L);
    held.letAllGo();
  }

  @Test
  void builtOnceASecondForAllWhoAsk() {
    Await.until(
        Probe.PATIENCE, () -> calendar(DAY, DAY, null).at().equals(calendar(DAY, DAY, null).at()));
  }

  @Test
  void tenThousandUnits() throws Exception {
    register("model", run -> "done", config -> config.cron("0 0 0 1 1 ?", ZoneOffset.UTC));
    database.execute(
        """
        insert into sk_unit (app, id, kind, name, description, implementation, configuration, enabled,
          releasing, status, active_runs, run_count, completed_count, failed_count, duration_sum_ms,
          duration_min_ms, duration_max_ms, version)
        select u.app, 'many-' || g.x, u.kind, u.name, u.description, u.implementation,
          u.configuration, true, false, 'idle', 0, 0, 0, 0, 0, 0, 0, u.version
        from sk_unit u, %s where u.id = 'model'
        """
            .formatted(series()));
    database.execute(
        """
        insert into sk_schedule (app, unit, n, expression, next_due, jitter_ms, misfires)
        select s.app, 'many-' || g.x, 0, 'cron ' || mod(g.x, 60) || ' ' || mod(g.x / 60, 60) || ' '
          || mod(g.x, 23) || '/3 * * ? zone Europe/Berlin jitter PT0S', s.next_due, 0, 0
        from sk_schedule s, %s where s.unit = 'model'
        """
            .formatted(series()));

    Calendar week = calendar(Duration.ZERO, DAY.multipliedBy(7), null);
    assertThat(sum(week, Calendar.Interval::coming)).isBetween(100_000L, 101_000L);
    assertThat(week.computedTo()).isBefore(week.at().plus(DAY.multipliedBy(7)));
    database.execute("delete from sk_schedule where unit like 'many-%'");
    database.execute("delete from sk_unit where id like 'many-%'");
  }

  private String series() {
    return kind == DatabaseKind.H2
        ? "system_range(1, " + MANY + ") g"
        : "generate_series(1, " + MANY + ") g(x)";
  }

  @Test
  void unitThatIsNotThere() {
    assertThatThrownBy(() -> calendar(HOUR, HOUR, "nothing"))
        .isInstanceOf(UnknownUnitException.class);
  }
}
