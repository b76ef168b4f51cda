package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.synchronik.RunQuery;
import io.synchronik.event.Milestone;
import io.synchronik.event.UnitMisfired;
import io.synchronik.event.UnitStarted;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.RunView;
import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Misfire;
import io.synchronik.schedule.Schedule;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.WorkerConfigBuilder;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Due times that nobody fired in time. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class MisfireIT extends SharedNode {
  private static final Duration HOUR = Duration.ofHours(1);

  /** Tells the times for which it runs, and how many attempts ran at once at most. */
  private static final class Dated implements Work<String> {
    private final Probe<Instant> times = new Probe<>();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Override
    public String run(RunContext run) {
      most.accumulateAndGet(running.incrementAndGet(), Math::max);
      times.accept(run.scheduledAt().orElseThrow());
      running.decrementAndGet();
      return "done";
    }
  }

  @Test
  void oneRunMakesUpForAllMissedTimes() throws Exception {
    Dated work = new Dated();
    register("once", work, hourly(Misfire.FIRE_ONCE));

    Instant due = missedFrom("once", Duration.ofMinutes(210));

    assertThat(work.times.awaitNext(time -> true)).isEqualTo(due.plus(HOUR.multipliedBy(3)));
    assertMisfired("once", due, 4, Misfire.FIRE_ONCE);
    assertThat(unit("once").nextDue()).contains(due.plus(HOUR.multipliedBy(4)));
    assertThat(runs("once")).hasSize(1);
  }

  @Test
  void missedTimesArePassedOver() throws Exception {
    Dated work = new Dated();
    register("skip", work, hourly(Misfire.SKIP));

    Instant due = missedFrom("skip", Duration.ofMinutes(210));

    assertMisfired("skip", due, 4, Misfire.SKIP);
    assertThat(unit("skip").nextDue()).contains(due.plus(HOUR.multipliedBy(4)));
    assertThat(runs("skip")).isEmpty();
  }

  @Test
  void eachMissedTimeGetsARunOneAfterTheOther() throws Exception {
    Dated work = new Dated();
    register("catch-up", work, hourly(Misfire.CATCH_UP));

    Instant due = missedFrom("catch-up", Duration.ofMinutes(210));

    work.times.awaitCount(4, time -> true, Probe.PATIENCE);
    assertThat(work.times.seen())
        .containsExactlyElementsOf(
            IntStream.range(0, 4).mapToObj(i -> due.plus(HOUR.multipliedBy(i))).toList());
    assertThat(work.most).hasValue(1);
    assertMisfired("catch-up", due, 4, Misfire.CATCH_UP);
  }

  @Test
  void catchingUpIsBounded() throws Exception {
    Dated work = new Dated();
    register(
        "bounded",
        work,
        config ->
            config
                .schedule(every(Duration.ofMinutes(1), Duration.ofDays(1)))
                .misfire(Misfire.CATCH_UP)
                .misfireThreshold(Duration.ZERO));

    Instant due = missedFrom("bounded", Duration.ofMinutes(249).plusSeconds(30));

    work.times.awaitCount(100, time -> true, Probe.PATIENCE);
    assertMisfired("bounded", due, 250, Misfire.CATCH_UP);
    assertThat(work.times.seen())
        .containsExactlyElementsOf(
            IntStream.range(150, 250).mapToObj(i -> due.plus(Duration.ofMinutes(i))).toList());
    assertThat(work.most).hasValue(1);
  }

  @Test
  void aLittleLateIsOnTime() throws Exception {
    Dated work = new Dated();
    register("late", work, hourly(Misfire.SKIP));

    Instant due = missedFrom("late", Duration.ofSeconds(30));

    assertThat(work.times.awaitNext(time -> true)).isEqualTo(due);
    assertThat(unit("late").timing().misfires()).isZero();
    awaitEvent(UnitStarted.class, "late");
    assertThat(events.seen(event -> isAbout(UnitMisfired.class, "late", event))).isEmpty();
  }

  @Test
  void thresholdSaysWhatIsLate() throws Exception {
    register(
        "strict",
        new Dated(),
        config -> hourly(Misfire.SKIP).apply(config).misfireThreshold(Duration.ofSeconds(10)));

    Instant due = missedFrom("strict", Duration.ofSeconds(30));

    assertMisfired("strict", due, 1, Misfire.SKIP);
    assertThat(runs("strict")).isEmpty();
  }

  @Test
  void jitterIsNotLateness() throws Exception {
    Dated work = new Dated();
    register(
        "jittered",
        work,
        config ->
            config
                .schedule(
                    new Schedule.Every(HOUR, IntervalMode.FIXED_RATE, HOUR, Duration.ofMinutes(59)))
                .misfire(Misfire.SKIP)
                .misfireThreshold(Duration.ofSeconds(40)));
    Instant due = manager.getRegistrySnapshot().at().minusSeconds(1);

    database.execute(
        "update sk_schedule set next_due = ?, jitter_ms = 3000000 where unit = 'jittered'",
        Timestamp.from(due));

    assertThat(work.times.awaitNext(time -> true)).isEqualTo(due.minusSeconds(3000));
    assertThat(unit("jittered").timing().misfires()).isZero();
  }

  @Test
  void dueTimeThatComesAgainIsFiredAgain() throws Exception {
    Dated work = new Dated();
    register("again", work, hourly(Misfire.FIRE_ONCE));
    Instant due = missedFrom("again", Duration.ofSeconds(10));
    work.times.awaitCount(1, time -> true, Probe.PATIENCE);
    Await.until(Probe.PATIENCE, () -> unit("again").statistics().completed() == 1);

    setDue("again", due);
    work.times.awaitCount(2, time -> true, Probe.PATIENCE);

    assertThat(work.times.seen()).containsExactly(due, due);
    assertThat(unit("again").nextDue()).contains(due.plus(HOUR));
  }

  @Test
  void unitThatIsEnabledAfterTheClockWasPutBackFires() throws Exception {
    Dated work = new Dated();
    register(
        "put-back", work, config -> config.schedule(every(Duration.ofMillis(100), Duration.ZERO)));
    work.times.awaitCount(1, time -> true, Probe.PATIENCE);
    manager.disable("put-back");
    Instant later = manager.getRegistrySnapshot().at().plus(Duration.ofDays(1));
    database.execute(
        "update sk_schedule set last_due = ? where unit = 'put-back'", Timestamp.from(later));
    int before = work.times.seen().size();

    manager.enable("put-back");

    work.times.awaitCount(before + 3, time -> true, Probe.PATIENCE);
  }

  @Test
  void firingThatChangesNothingIsTriedLaterAndLater() throws Exception {
    assumeTrue(kind == DatabaseKind.POSTGRESQL, "its triggers need no code");
    Dated work = new Dated();
    register("stuck", work, hourly(Misfire.FIRE_ONCE));
    database.execute("create sequence sk_test_tries");
    database.execute(
        """
        create function sk_test_stick() returns trigger language plpgsql as $$ begin
          perform nextval('sk_test_tries');
          return null;
        end $$
        """);
    database.execute(
        """
        create trigger sk_test_stuck before update of last_due on sk_schedule for each row
        when (old.unit = 'stuck') execute function sk_test_stick()
        """);
    Instant due = missedFrom("stuck", Duration.ofSeconds(1));
    Await.until(Probe.PATIENCE, () -> tries() >= 8);

    long before = tries();
    long began = System.nanoTime();
    Await.until(Probe.PATIENCE, () -> tries() >= before + 3);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(1500));
    database.execute("drop trigger sk_test_stuck on sk_schedule");

    assertThat(work.times.awaitNext(time -> true)).isEqualTo(due);
  }

  private long tries() {
    try {
      return database.number("select last_value from sk_test_tries");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void cronMisfiresToo() throws Exception {
    Dated work = new Dated();
    register("cron", work, config -> config.cron("0 0 * * * ?", ZoneId.of("UTC")));
    Instant thisHour = manager.getRegistrySnapshot().at().truncatedTo(ChronoUnit.HOURS);

    setDue("cron", thisHour.minus(HOUR.multipliedBy(2)));

    Instant ran = work.times.awaitNext(time -> true);
    assertThat(ran).isIn(thisHour, thisHour.plus(HOUR));
    UnitMisfired misfired = awaitEvent(UnitMisfired.class, "cron");
    assertThat(misfired.scheduledAt()).isEqualTo(thisHour.minus(HOUR.multipliedBy(2)));
    assertThat(misfired.missed()).isBetween(3, 4);
    assertThat(unit("cron").nextDue()).contains(ran.plus(HOUR));
  }

  private static UnaryOperator<WorkerConfigBuilder> hourly(Misfire policy) {
    return config -> config.schedule(every(HOUR, HOUR)).misfire(policy);
  }

  private static Schedule every(Duration interval, Duration initialDelay) {
    return new Schedule.Every(interval, IntervalMode.FIXED_RATE, initialDelay, Duration.ZERO);
  }

  /** Makes a schedule believe that it was due long ago. */
  private Instant missedFrom(String unit, Duration ago) throws Exception {
    Instant due = manager.getRegistrySnapshot().at().minus(ago).truncatedTo(ChronoUnit.MILLIS);
    setDue(unit, due);
    return due;
  }

  private void setDue(String unit, Instant due) throws Exception {
    database.execute(
        "update sk_schedule set next_due = ? where unit = ?", Timestamp.from(due), unit);
  }

  private void assertMisfired(String unit, Instant first, int missed, Misfire policy) {
    UnitMisfired misfired = awaitEvent(UnitMisfired.class, unit);
    assertThat(misfired.scheduledAt()).isEqualTo(first);
    assertThat(misfired.missed()).isEqualTo(missed);
    assertThat(misfired.policy()).isEqualTo(policy);
    events.awaitCount(
        1,
        event ->
            event instanceof Milestone milestone
                && milestone.milestoneId().equals("trigger:" + unit + ":misfired"),
        Probe.PATIENCE);
    assertThat(events.seen(event -> isAbout(UnitMisfired.class, unit, event))).hasSize(1);
    assertThat(unit(unit).timing().misfires()).isEqualTo(1);
  }

  private List<RunView> runs(String unit) {
    return manager.findRuns(RunQuery.LATEST.ofUnit(unit)).items();
  }
}
