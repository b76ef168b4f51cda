package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.event.UnitMisfired;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Probe;
import io.synchronik.monitor.DueQuery;
import io.synchronik.monitor.DueTime;
import io.synchronik.monitor.DueTimes;
import io.synchronik.monitor.DueVerdict;
import io.synchronik.monitor.Why;
import io.synchronik.monitor.Why.Answer;
import io.synchronik.run.RunState;
import io.synchronik.run.UnknownUnitException;
import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Misfire;
import io.synchronik.schedule.Schedule;
import io.synchronik.worker.WorkerConfigBuilder;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What became of due times, and why. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class DuesIT extends SharedNode {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String HOURLY = "0 30 * * * ?";

  private static UnaryOperator<WorkerConfigBuilder> hourly(Misfire policy) {
    return config ->
        config
            .schedule(new Schedule.Every(HOUR, IntervalMode.FIXED_RATE, HOUR, Duration.ZERO))
            .misfire(policy);
  }

  private Instant now() {
    return manager.monitoring().now();
  }

  private DueTimes dues(String unit, Duration before, Duration after) {
    return manager
        .monitoring()
        .dues(new DueQuery(unit, now().minus(before), now().plus(after), DueQuery.MOST));
  }

  private DueTime past(String unit) {
    List<DueTime> times = dues(unit, HOUR, Duration.ofMillis(1)).times();
    assertThat(times).hasSize(1);
    return times.get(0);
  }

  private Why.Check decisive(String unit, Instant at) {
    Why why = manager.monitoring().why().unit(unit, at);
    assertThat(why.about()).isEqualTo("unit " + unit + " due at " + at);
    return why.decisive().orElseThrow(() -> new AssertionError(why.toString()));
  }

  private static void is(Why.Check check, String code, Answer answer, String text) {
    assertThat(check.code()).as("%s", check).isEqualTo(code);
    assertThat(check.answer()).isEqualTo(answer);
    assertThat(check.text()).isEqualTo(text);
  }

  /** Makes a schedule believe that it is due since then. */
  private Instant dueSince(String unit, Duration ago) throws Exception {
    Instant due = now().minus(ago).truncatedTo(ChronoUnit.MILLIS);
    database.execute(
        "update sk_schedule set next_due = ? where unit = ?", Timestamp.from(due), unit);
    return due;
  }

  private void knownSince(String unit, boolean enabled, Duration ago) throws Exception {
    database.execute(
        "update sk_schedule_change set at = ? where unit = ? and enabled = ?",
        Timestamp.from(now().minus(ago)),
        unit,
        enabled);
  }

  @Test
  void oneThatRan() throws Exception {
    register("ran", run -> "done", hourly(Misfire.SKIP));
    Instant due = dueSince("ran", Duration.ofSeconds(1));
    Await.until(Probe.PATIENCE, () -> unit("ran").statistics().completed() == 1);

    DueTime ran = past("ran");

    assertThat(ran.at()).isEqualTo(due);
    assertThat(ran.verdict()).isEqualTo(DueVerdict.RAN);
    DueTime.DueRun run = ran.run();
    assertThat(run.state()).isEqualTo(RunState.COMPLETED);
    assertThat(run.late()).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1));
    Why why = manager.monitoring().why().unit("ran", due);
    assertThat(why.decisive()).isEmpty();
    assertThat(why.checks()).extracting(Why.Check::link).contains(new Why.Link("run", run.id()));
  }

  @Test
  void oneThatAPauseHeldBack() throws Exception {
    register("paused", run -> "done", hourly(Misfire.SKIP));
    manager.pause("paused");
    Instant due = dueSince("paused", Duration.ZERO);
    Await.until(Probe.PATIENCE, () -> past("paused").run() != null);

    DueTime paused = past("paused");
    assertThat(paused.verdict()).isEqualTo(DueVerdict.PAUSED);
    assertThat(paused.reason()).isEqualTo("the unit is paused by code");
    manager.resume("paused");
    Why.Check check = decisive("paused", due);
    is(check, "not-paused-then", Answer.UNMET, "code had paused it");
    assertThat(check.since()).isBefore(due.plusSeconds(1));
    assertThat(dues("paused", Duration.ZERO, Duration.ofMinutes(150)).times())
        .extracting(DueTime::verdict)
        .containsExactly(DueVerdict.COMING, DueVerdict.COMING);
  }

  @Test
  void oneDuringARun() throws Exception {
    Held held = Held.interruptibly();
    register("busy", held, hourly(Misfire.SKIP));
    String other = manager.runWorkerById("busy").id().value();
    held.awaitBegun();
    Instant due = dueSince("busy", Duration.ZERO);
    Await.until(Probe.PATIENCE, () -> past("busy").run() != null);

    assertThat(past("busy").verdict()).isEqualTo(DueVerdict.SKIPPED);
    held.letAllGo();
    Await.until(Probe.PATIENCE, () -> unit("busy").statistics().completed() == 1);
    Why.Check check = decisive("busy", due);
    is(check, "none-in-progress-then", Answer.UNMET, "it was skipped: a run is in progress");
    assertThat(check.link()).isEqualTo(new Why.Link("run", other));
  }

  @Test
  void onesThatNobodyFiredInTime() throws Exception {
    register("missed", run -> "done", hourly(Misfire.SKIP));
    knownSince("missed", true, Duration.ofDays(1));
    Instant due = dueSince("missed", Duration.ofMinutes(210));
    awaitEvent(UnitMisfired.class, "missed");
    Await.until(
        Probe.PATIENCE, () -> !dues("missed", HOUR.multipliedBy(4), HOUR).times().isEmpty());

    List<DueTime> times = dues("missed", HOUR.multipliedBy(4), Duration.ofMinutes(1)).times();
    assertThat(times)
        .extracting(DueTime::at)
        .containsExactlyElementsOf(
            IntStream.range(0, 4).mapToObj(i -> due.plus(HOUR.multipliedBy(i))).toList());
    assertThat(times).extracting(DueTime::verdict).containsOnly(DueVerdict.MISFIRED);
    Why.Check check = decisive("missed", due.plus(HOUR));
    assertThat(check.code()).isEqualTo("fired-in-time");
    assertThat(check.answer()).isEqualTo(Answer.UNMET);
    assertThat(check.text())
        .startsWith("no node fired it in time: what was due from " + due + " on was fired at ")
        .endsWith("; by its misfire policy skip missed times are passed over");
    assertThat(check.since()).isEqualTo(due);
  }

  private long misfires(String unit) {
    return dues(unit, HOUR, Duration.ZERO).times().stream()
        .filter(due -> due.verdict() == DueVerdict.MISFIRED)
        .count();
  }

  /** What is announced shortly before another misfire is about other times. */
  @Test
  void theSecondOfTwoMisfires() throws Exception {
    register("twice", run -> "done", hourly(Misfire.SKIP));
    knownSince("twice", true, Duration.ofDays(1));
    dueSince("twice", Duration.ofMinutes(50));
    Await.until(Probe.PATIENCE, () -> misfires("twice") == 1);
    Instant second = dueSince("twice", Duration.ofMinutes(10));
    Await.until(Probe.PATIENCE, () -> misfires("twice") == 2);

    assertThat(decisive("twice", second).code()).isEqualTo("fired-in-time");
  }

  @Test
  void timesThatNoCalendarHas() {
    register("odd", run -> "done", hourly(Misfire.SKIP));
    for (Instant at : List.of(Instant.MIN, Instant.MAX)) {
      assertThat(manager.monitoring().why().unit("odd", at).about()).startsWith("unit odd");
    }
  }

  @Test
  void oneRunForThoseThatNobodyFiredInTime() throws Exception {
    register("made-up", run -> "done", hourly(Misfire.FIRE_ONCE));
    knownSince("made-up", true, Duration.ofDays(1));
    Instant due = dueSince("made-up", Duration.ofMinutes(210));
    Await.until(Probe.PATIENCE, () -> unit("made-up").statistics().completed() == 1);

    assertThat(dues("made-up", HOUR.multipliedBy(4), Duration.ofMinutes(1)).times())
        .extracting(DueTime::verdict)
        .containsExactly(
            DueVerdict.MISFIRED, DueVerdict.MISFIRED, DueVerdict.MISFIRED, DueVerdict.RAN);
    Why why = manager.monitoring().why().unit("made-up", due.plus(HOUR.multipliedBy(3)));
    assertThat(why.decisive()).isEmpty();
    assertThat(why.checks())
        .extracting(Why.Check::text)
        .contains("it made up for 4 missed times, by its misfire policy fire-once");
  }

  @Test
  void onesOfADisabledUnit() throws Exception {
    register("off", run -> "done", config -> config.cron(HOURLY, ZoneOffset.UTC));
    manager.disable("off");
    knownSince("off", true, HOUR.multipliedBy(5));
    knownSince("off", false, HOUR.multipliedBy(3));

    DueTimes times = dues("off", HOUR.multipliedBy(8), HOUR.multipliedBy(2));

    assertThat(times.times())
        .extracting(DueTime::verdict)
        .containsExactly(
            DueVerdict.UNKNOWN,
            DueVerdict.UNKNOWN,
            DueVerdict.DISABLED,
            DueVerdict.DISABLED,
            DueVerdict.DISABLED,
            DueVerdict.DISABLED,
            DueVerdict.DISABLED);
    assertThat(times.knownFrom()).isBefore(now().minus(Duration.ofMinutes(299)));
    Instant off = times.times().get(3).at();
    Why.Check check = decisive("off", off);
    is(check, "enabled-then", Answer.UNMET, "it was disabled");
    assertThat(check.since()).isBefore(off);
    assertThat(manager.monitoring().why().unit("off", times.times().get(0).at()).checks())
        .extracting(Why.Check::text)
        .contains("it was enabled", "nothing is kept of what became of it");
    is(
        decisive("off", off.plusSeconds(1)),
        "due-then",
        Answer.UNMET,
        "it was not due at " + off.plusSeconds(1) + ", but next at " + off.plus(HOUR));
    assertThat(manager.monitoring().why().unit("off", off.minus(Duration.ofDays(1))).checks())
        .extracting(Why.Check::text)
        .startsWith("what its schedule was then is not known");
  }

  @Test
  void whatAnotherVersionChangedIsNotKnown() throws Exception {
    register("other", run -> "done", config -> config.cron(HOURLY, ZoneOffset.UTC));
    database.execute("update sk_schedule_change set expression = 'x' where unit = 'other'");

    assertThat(dues("other", HOUR, HOUR).knownFrom()).isNull();
    assertThat(dues("other", HOUR.multipliedBy(3), Duration.ofMillis(1)).times()).isEmpty();
  }

  @Test
  void theEndOfItsRunsDisablesAUnit() throws Exception {
    register("once", run -> "done", config -> config.cron(HOURLY, ZoneOffset.UTC).maxRuns(1));
    manager.runWorkerById("once").join(Probe.PATIENCE);
    Await.until(
        Probe.PATIENCE,
        () -> dues("once", Duration.ZERO, HOUR.multipliedBy(2)).knownFrom() != null);

    assertThat(dues("once", Duration.ZERO, HOUR).times())
        .extracting(DueTime::verdict)
        .containsExactly(DueVerdict.DISABLED);
  }

  @Test
  void comingOnesInPages() throws Exception {
    register("often", run -> "done", config -> config.cron("0 0/5 * * * ?", ZoneOffset.UTC));
    Instant from = now();
    DueQuery query = new DueQuery("often", from, from.plus(HOUR), 5);

    DueTimes first = manager.monitoring().dues(query);
    DueTimes rest = manager.monitoring().dues(new DueQuery("often", first.next(), query.to(), 50));

    assertThat(first.times()).hasSize(5);
    assertThat(rest.times()).hasSize(7);
    assertThat(rest.next()).isNull();
    Instant third = first.times().get(2).at();
    assertThat(third).isEqualTo(first.times().get(0).at().plusSeconds(600));
    is(decisive("often", third), "due", Answer.OPEN, "it is due at " + third);
    manager.pause("often");
    assertThat(manager.monitoring().dues(query).times().get(0).reason())
        .isEqualTo("paused by code");
    assertThat(decisive("often", third).code()).isEqualTo("not-paused");
  }

  @Test
  void unitThatIsNotThere() {
    assertThatThrownBy(() -> dues("nothing", HOUR, HOUR)).isInstanceOf(UnknownUnitException.class);
    assertThatThrownBy(() -> manager.monitoring().why().unit("nothing", now()))
        .isInstanceOf(UnknownUnitException.class);
  }
}
